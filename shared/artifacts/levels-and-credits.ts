import type { ClauseTemplate } from './agreement.ts'
import type { TableSpec, Terms } from './agreement-terms.ts'
import { words } from './words.ts'

/*
 * Service levels with their credits. The credit of a month is the lowest of: the step's share of the month's charge, the month's
 * cap, and what the cap over twelve months leaves. A level that is not reported in time counts as missed.
 */

export const SERVICE_LEVELS: TableSpec = {
  label: words('Service levels', 'مستويات الخدمة'),
  least: 1,
  columns: {
    metric: { label: words('Id', 'الرمز'), unit: 'code' },
    definition: { label: words('How it is measured', 'طريقة القياس'), unit: 'words' },
    target: { label: words('Target', 'المستهدف'), unit: 'basis-points' },
    window: {
      label: words('Measured over', 'فترة القياس'),
      unit: 'choice',
      options: {
        month: words('calendar month', 'شهر ميلادي'),
        quarter: words('calendar quarter', 'ربع سنوي'),
        year: words('calendar year', 'سنة ميلادية'),
      },
    },
    excluded: { label: words('Not counted', 'ما لا يُحتسب'), unit: 'words', optional: true },
  },
}

export const CREDIT_STEPS: TableSpec = {
  label: words('Service credits', 'حسومات الخدمة'),
  least: 1,
  columns: {
    metric: { label: words('Service level', 'مستوى الخدمة'), unit: 'code' },
    below: { label: words('Result below', 'النتيجة دون'), unit: 'basis-points' },
    credit: { label: words('Credit', 'الحسم'), unit: 'basis-points' },
  },
  steps: { of: 'metric', by: 'below', then: 'credit', way: 'falling' },
}

export const CREDIT_TERMS = {
  monthCap: { label: words('Most credit of a month', 'الحد الأعلى لحسم الشهر'), unit: 'percent', usual: 10 },
  yearCap: { label: words('Most credit over twelve months', 'الحد الأعلى للحسم خلال اثني عشر شهرًا'), unit: 'percent', usual: 5 },
  missedMonths: { label: words('Missed in a row before termination', 'التكرار المتتالي الموجب لحق الإنهاء'), unit: 'months', usual: 3 },
  reportDays: { label: words('Report after the month’s end', 'التقرير بعد نهاية الشهر'), unit: 'days', usual: 10 },
} as const satisfies Terms // prettier-ignore

/** A party as the clause speaks of it: in Arabic "to" joins the article. */
interface Spoken {
  readonly en: string
  readonly ar: string
  readonly to: string
}

export const CREDIT_CLAUSE = (giver: Spoken, taker: Spoken): ClauseTemplate => ({
  heading: words('Service credits', 'حسومات الخدمة'),
  table: 'credits',
  text: words(
    `${giver.en.replace(/^t/, 'T')} reports every service level within {reportDays} of the end of the month; a level that is not reported counts as missed. Where a level is missed, ${taker.en} may claim the credit of the lowest step that the result falls below, as a share of the month’s charge for the service. The credits of a month do not exceed {monthCap} of that charge, nor those of any twelve months {yearCap} of the charges of those months. A credit is a claim that ${giver.en} may answer with evidence. Where the same level is missed for {missedMonths} in a row, ${taker.en} may terminate the service concerned.`,
    `يقدّم ${giver.ar} تقريرًا بكل مستوى خدمة خلال {reportDays} من نهاية الشهر، ويُعد المستوى الذي لم يُقدَّم تقريره غير متحقق. وإذا لم يتحقق مستوى، جاز ${taker.to} المطالبة بحسم أدنى درجة تقل عنها النتيجة، نسبةً من مقابل الخدمة في ذلك الشهر. ولا تجاوز حسومات الشهر {monthCap} من ذلك المقابل، ولا حسومات أي اثني عشر شهرًا {yearCap} من مقابل تلك الأشهر. والحسم مطالبة ${giver.to} أن يرد عليها بالدليل. وإذا لم يتحقق المستوى نفسه {missedMonths} متتالية، جاز ${taker.to} إنهاء الخدمة المعنية.`,
  ),
})

export const LEVELS_CLAUSE: ClauseTemplate = {
  heading: words('Service levels', 'مستويات الخدمة'),
  table: 'levels',
  text: words(
    'The service levels of the table are measured exactly as it defines them: the definition that is signed here is the one that counts. What force majeure or the other party caused is left out of a result.',
    'تُقاس مستويات الخدمة المبيّنة في الجدول وفق تعريفها فيه دون سواه، والعبرة بالتعريف الموقّع هنا. ولا يدخل في النتيجة ما تسببت فيه القوة القاهرة أو الطرف الآخر.',
  ),
}
