import type { CompanyId, SliceId } from '../kernel/ids.ts'
import type { IsoMonth } from '../kernel/time.ts'
import { defineArtifact, type SectionOf } from './define.ts'
import { envelope } from './envelope.ts'
import {
  cells, choice, count, derived, field, group, line, list, month, note, optional, percent, quantity, reference, series,
  type ValueOf,
} from './field.ts' // prettier-ignore
import { slice } from './slice-content.ts'
import { words } from './words.ts'
import { z } from 'zod'

export const METHOD_WORDS = {
  'seasonal-naive': words('Same month last year', 'الشهر نفسه من العام السابق'),
  'seasonal-drift': words('Same month last year, with growth', 'الشهر نفسه من العام السابق مع النمو'),
  'moving-average': words('Moving average', 'المتوسط المتحرك'),
  'exponential-smoothing': words('Simple exponential smoothing', 'التمهيد الأسي البسيط'),
  'damped-trend': words('Damped trend (Holt)', 'الاتجاه المخمَّد (هولت)'),
} as const
export type MethodId = keyof typeof METHOD_WORDS

const PLACE = {
  sku: line(words('Product', 'المنتج')),
  region: line(words('Region', 'المنطقة')),
}

const backtest = list(
  words('Methods compared', 'مقارنة الطرق'),
  {
    method: choice(words('Method', 'الطريقة'), METHOD_WORDS),
    wape: optional(percent(words('Error on past months (WAPE)', 'الخطأ على الأشهر الماضية (WAPE)'))),
    points: count(words('Months tested', 'الأشهر المختبرة'), 0, 1e9),
  },
  20,
  {
    help: words(
      'Forecasts of past months, each from the data before it.',
      'توقعات أشهر ماضية، كل منها من البيانات السابقة له.',
    ),
  },
)

/** AR-7. Price is no part of it. Bands belong to the baseline of the named method and are never a fixed percentage. */
export const SharedForecast = defineArtifact({
  type: 'SharedForecast.v1',
  minor: 0,
  label: words('Shared forecast', 'توقع مشترك'),
  about: words(
    'What the buyer expects to need, by product, region and month, with the disclosed history that it was computed from.',
    'ما يتوقع المشتري أن يحتاجه حسب المنتج والمنطقة والشهر، مع البيانات المفصح عنها التي حُسب منها.',
  ),
  sections: {
    slice: {
      label: words('Forecast', 'التوقع'),
      writers: 'owner',
      roles: ['founder', 'ceo', 'coo', 'cmo', 'cfo', 'account-lead', 'admin'],
      form: 'sealed',
      fields: {
        envelope,
        slice,
        columns: derived(
          group(words('Columns used', 'الأعمدة المستخدمة'), {
            sku: optional(line(words('Product column', 'عمود المنتج'))),
            region: optional(line(words('Region column', 'عمود المنطقة'))),
            bucket: line(words('Month column', 'عمود الشهر')),
            quantity: line(words('Quantity column', 'عمود الكمية')),
          }),
        ),
        unitOfMeasure: line(words('Unit of measure', 'وحدة القياس')),
        lead: reference<CompanyId>(words('Lead company', 'الشركة القائدة'), 32, {
          help: words('Whose exceptions they are to resolve.', 'من يتولى معالجة الاستثناءات.'),
        }),
        horizon: group(words('Time horizon', 'الأفق الزمني'), {
          bucket: choice(words('Bucket', 'الفترة'), { month: words('Month', 'شهر') }),
          start: month<IsoMonth>(words('First month', 'أول شهر')),
          count: count(words('Months', 'عدد الأشهر'), 1, 36),
        }),
        method: group(words('Method', 'الطريقة'), {
          id: choice(words('Method', 'الطريقة'), METHOD_WORDS),
          chosen: choice(words('Chosen', 'اختيارها'), {
            named: words('by a person', 'من شخص'),
            auto: words('by the smallest error on past months', 'بأقل خطأ على الأشهر الماضية'),
          }),
          bands: derived(line(words('Bands', 'نطاقات الثقة'))),
          fittedFrom: derived(month<IsoMonth>(words('Fitted from', 'بيانات من'))),
          fittedTo: derived(month<IsoMonth>(words('Fitted to', 'بيانات إلى'))),
          backtest: derived(backtest),
        }),
        rows: list(
          words('Forecast by product and region', 'التوقع حسب المنتج والمنطقة'),
          {
            ...PLACE,
            baseline: derived(series(words('Baseline', 'خط الأساس'))),
            override: series(words('Override', 'تعديل يدوي'), {
              help: words('Takes the place of the baseline where it is given.', 'يحل محل خط الأساس حيث يُدخَل.'),
            }),
            overrideReason: optional(note(words('Reason for the override', 'سبب التعديل'))),
            p10: derived(series(words('P10 (low)', 'P10 (أدنى)'))),
            p50: derived(series(words('P50 (middle)', 'P50 (وسط)'))),
            p90: derived(series(words('P90 (high)', 'P90 (أعلى)'))),
            parameters: derived(
              field(words('Parameters', 'المعاملات'), 'line', z.record(z.string().max(40), z.number())),
            ),
            gap: derived(
              optional(
                choice(words('Why not computable', 'سبب تعذر الحساب'), {
                  'history-short': words('Too little history', 'بيانات سابقة قليلة'),
                  'history-suppressed': words('History not disclosed', 'بيانات سابقة محجوبة'),
                }),
              ),
            ),
          },
          100_000,
        ),
        zones: list(
          words('Planning zones', 'نطاقات التخطيط'),
          {
            zone: choice(words('Zone', 'النطاق'), {
              frozen: words('Frozen', 'مجمّد'),
              firm: words('Firm', 'ثابت'),
              flex: words('Flexible', 'مرن'),
            }),
            fromMonth: count(words('From month', 'من الشهر'), 1, 36),
            toMonth: optional(count(words('To month', 'إلى الشهر'), 1, 36)),
            upPercent: percent(words('May rise by', 'يجوز أن يرتفع')),
            downPercent: percent(words('May fall by', 'يجوز أن ينخفض')),
          },
          10,
          { help: words('Month 1 is the first month of the horizon.', 'الشهر 1 هو أول أشهر الأفق.') },
        ),
        assumptions: list(
          words('Assumptions', 'الافتراضات'),
          { statement: note(words('Assumption', 'الافتراض')) },
          100,
        ),
        invalidation: list(
          words('Invalidation rules', 'قواعد الإبطال'),
          {
            rule: choice(words('Rule', 'القاعدة'), {
              'change-over': words('Change against the last revision over', 'تغيّر عن المراجعة السابقة يتجاوز'),
              'sku-discontinued': words('Product discontinued', 'إيقاف المنتج'),
              'promotion-cancelled': words('Promotion cancelled', 'إلغاء العرض الترويجي'),
            }),
            percent: optional(percent(words('Percent', 'النسبة'))),
            reference: optional(line(words('Product or promotion', 'المنتج أو العرض'))),
          },
          100,
        ),
        commitDays: count(words('Commitment due after', 'الالتزام مستحق بعد'), 0, 365, { unit: words('days', 'يومًا') }),
        exceptionDays: count(words('Exception due after', 'معالجة الاستثناء مستحقة بعد'), 0, 365, {
          unit: words('days', 'يومًا'),
        }),
        prior: derived(
          optional(
            group(words('Earlier revision', 'المراجعة السابقة'), {
              revision: count(words('Revision', 'المراجعة'), 1, 1e9),
              slice: reference<SliceId>(words('Its data', 'بياناتها'), 32),
            }),
          ),
        ),
      },
    },
    joint: {
      label: words('Consensus', 'التوافق'),
      writers: 'joint',
      roles: ['founder', 'ceo', 'coo', 'cmo', 'cfo', 'account-lead', 'delivery-lead', 'admin'],
      form: 'living',
      fields: {
        consensus: cells(words('Consensus quantities', 'الكميات المتوافق عليها'), {
          quantity: optional(quantity(words('Agreed quantity', 'الكمية المتفق عليها'))),
          note: optional(note(words('Note', 'ملاحظة'))),
        }),
      },
    },
  },
})

export type ForecastContent = SectionOf<typeof SharedForecast, 'slice'>
export type ForecastConsensus = SectionOf<typeof SharedForecast, 'joint'>
export type ForecastRow = ForecastContent['rows'][number]
export type Zone = ForecastContent['zones'][number]
export type BacktestRow = ValueOf<typeof backtest>[number]
