import { agreementArtifact, type AgreementKind } from './agreement.ts'
import {
  CONFIDENTIALITY, CONFIDENTIALITY_TERMS, DISPUTES, DISPUTE_TERMS, ENDING, ENDING_TERMS, LAW_AND_LANGUAGE,
} from './agreement-clauses.ts' // prettier-ignore
import { CREDIT_CLAUSE, CREDIT_STEPS, CREDIT_TERMS, LEVELS_CLAUSE, SERVICE_LEVELS } from './levels-and-credits.ts'
import { words } from './words.ts'

/** AR-24. Economics, obligations, service levels and exit of an alliance. */
export const PARTNER_TERM_SHEET = {
  type: 'PartnerTermSheet.v1',
  mark: 'TS',
  offeredIn: ['alliance'],
  roles: { principal: words('the Principal', 'الأصيل'), partner: words('the Partner', 'الشريك') },
  terms: {
    partnership: {
      label: words('Kind of partnership', 'نوع الشراكة'),
      unit: 'choice',
      usual: 'distribution',
      options: {
        referral: words('a referral partnership', 'شراكة إحالة'),
        distribution: words('a distribution partnership', 'شراكة توزيع'),
        technology: words('a technology partnership', 'شراكة تقنية'),
        strategic: words('a strategic partnership', 'شراكة استراتيجية'),
        government: words('a partnership with the public sector', 'شراكة مع القطاع العام'),
      },
    },
    territory: { label: words('Territory', 'الإقليم'), unit: 'words', usual: words('the Kingdom of Saudi Arabia', 'المملكة العربية السعودية') },
    exclusivity: {
      label: words('Exclusivity', 'الحصرية'),
      unit: 'choice',
      usual: 'none',
      options: {
        none: words('not exclusive', 'غير حصري'),
        partner: words('exclusive to the Partner in the territory', 'حصري للشريك في الإقليم'),
        mutual: words('exclusive on both sides in the territory', 'حصري للطرفين في الإقليم'),
      },
    },
    settlement: { label: words('Settlement after a month’s end', 'التسوية بعد نهاية الشهر'), unit: 'days', usual: 30 },
    protection: { label: words('Protection of a registered deal', 'حماية الصفقة المسجلة'), unit: 'days', usual: 90 },
    transitionMonths: { label: words('Transition after the end', 'المرحلة الانتقالية بعد الانتهاء'), unit: 'months', usual: 3 },
    tailMonths: { label: words('Commission after the end, for', 'العمولة بعد الانتهاء لمدة'), unit: 'months', usual: 6 },
    ...CREDIT_TERMS,
    ...CONFIDENTIALITY_TERMS,
    ...DISPUTE_TERMS,
    ...ENDING_TERMS,
  },
  tables: {
    economics: {
      label: words('Economics', 'الشروط الاقتصادية'),
      least: 1,
      columns: {
        element: {
          label: words('Element', 'العنصر'),
          unit: 'choice',
          options: {
            commission: words('commission', 'عمولة'),
            margin: words('resale margin', 'هامش إعادة البيع'),
            'revenue-share': words('share of revenue', 'حصة من الإيراد'),
            mdf: words('market development fund', 'صندوق تنمية السوق'),
            equity: words('equity', 'حصة ملكية'),
          },
        },
        to: { label: words('To', 'لمن'), unit: 'party' },
        rate: { label: words('Rate', 'النسبة'), unit: 'basis-points', optional: true },
        amount: { label: words('Amount of a year', 'المبلغ السنوي'), unit: 'halalas', optional: true },
        basis: { label: words('Counted on', 'أساس الاحتساب'), unit: 'words' },
      },
      usual: [
        { element: 'commission', to: 'partner', rate: 1_000, basis: words('net invoiced value of deals that the Partner sourced, without tax', 'صافي قيمة فواتير الصفقات التي جلبها الشريك دون الضريبة') },
        { element: 'mdf', to: 'partner', amount: 10_000_000, basis: words('activities approved in advance, against evidence', 'الأنشطة المعتمدة مسبقًا مقابل ما يثبتها') },
      ],
    },
    obligations: {
      label: words('Obligations', 'الالتزامات'),
      least: 1,
      columns: {
        by: { label: words('Obliged', 'الملتزم'), unit: 'party' },
        what: { label: words('Obligation', 'الالتزام'), unit: 'words' },
        measure: { label: words('Shown by', 'ما يثبته'), unit: 'words', optional: true },
        due: { label: words('By', 'الموعد'), unit: 'date', optional: true },
      },
      duty: { who: 'by', due: 'due', what: 'what' },
      usual: [
        { by: 'partner', what: words('keeps a trained sales team and registers every deal before it is offered', 'يحتفظ بفريق مبيعات مدرَّب ويسجل كل صفقة قبل عرضها'), measure: words('training records and the register of deals', 'سجلات التدريب وسجل الصفقات') },
        { by: 'principal', what: words('provides training, price lists and technical support', 'يقدّم التدريب وقوائم الأسعار والدعم الفني'), measure: words('the support log', 'سجل الدعم') },
      ],
    },
    levels: {
      ...SERVICE_LEVELS,
      usual: [{ metric: 'SUPPORT', definition: words('support requests of the month that were answered within one business day, of all requests', 'طلبات الدعم التي رُد عليها خلال يوم عمل واحد في الشهر، من مجموع الطلبات'), target: 9_000, window: 'month' }],
    },
    credits: { ...CREDIT_STEPS, usual: [{ metric: 'SUPPORT', below: 9_000, credit: 200 }] },
  },
  afterEnd: [{ term: 'transitionMonths', by: 'all' }],
  clauses: [
    {
      heading: words('Partnership', 'الشراكة'),
      text: words(
        'The parties enter into {partnership}. The territory is {territory}, and the right to act there is {exclusivity}. The Partner acts in its own name and cannot bind the Principal.',
        'يدخل الطرفان في {partnership}. والإقليم هو {territory}، وحق العمل فيه {exclusivity}. ويعمل الشريك باسمه ولا يُلزم الأصيل.',
      ),
    },
    {
      heading: words('Economics', 'الشروط الاقتصادية'),
      table: 'economics',
      text: words(
        'Each party receives what the table gives it and nothing else. What has been earned in a month is settled within {settlement} of its end, with a statement that shows every deal. The rates are those of the table until a later version of this agreement is signed.',
        'يحصل كل طرف على ما يبيّنه له الجدول دون سواه. ويُسوّى ما استُحق في الشهر خلال {settlement} من نهايته، مع كشف يبيّن كل صفقة. وتبقى النسب كما في الجدول إلى أن يُوقّع إصدار لاحق من هذه الاتفاقية.',
      ),
    },
    {
      heading: words('Obligations', 'الالتزامات'),
      table: 'obligations',
      text: words(
        'Each party does what the table assigns to it and shows it in the way that stands beside it. A deal that was registered first is protected for {protection}.',
        'يقوم كل طرف بما يسنده إليه الجدول ويثبته بالطريقة المبيّنة أمامه. وتُحمى الصفقة المسجلة أولًا لمدة {protection}.',
      ),
    },
    LEVELS_CLAUSE,
    CREDIT_CLAUSE({ en: 'the Principal', ar: 'الأصيل', to: 'للأصيل' }, { en: 'the Partner', ar: 'الشريك', to: 'للشريك' }),
    {
      heading: words('Intellectual property and data', 'الملكية الفكرية والبيانات'),
      text: words(
        'Names, marks and software of a party remain its own; the other uses them only to carry out the partnership and stops at its end. Each party decides alone which data it discloses. Personal data is shared only with consent or on another ground of the law.',
        'تبقى أسماء كل طرف وعلاماته وبرمجياته ملكًا له، ولا يستعملها الآخر إلا لتنفيذ الشراكة، ويكفّ عن ذلك عند انتهائها. ويقرر كل طرف وحده ما يفصح عنه من بيانات. ولا تُشارك البيانات الشخصية إلا بموافقة أصحابها أو بمسوّغ نظامي آخر.',
      ),
    },
    {
      heading: words('After the end', 'ما بعد الانتهاء'),
      text: words(
        'After the end the parties complete running deals within {transitionMonths}. Commission on deals that were registered before the end is due for {tailMonths} after it, unless the Partner’s own material breach ended the agreement.',
        'بعد الانتهاء يُتم الطرفان الصفقات الجارية خلال {transitionMonths}. وتُستحق العمولة عن الصفقات المسجلة قبل الانتهاء لمدة {tailMonths} بعده، ما لم يكن إخلال الشريك الجوهري سبب انتهاء الاتفاقية.',
      ),
    },
    CONFIDENTIALITY,
    DISPUTES,
    ENDING,
    LAW_AND_LANGUAGE,
  ],
} as const satisfies AgreementKind // prettier-ignore

export const PartnerTermSheet = agreementArtifact({
  ...PARTNER_TERM_SHEET,
  label: words('Partner term sheet', 'ورقة شروط الشراكة'),
  about: words(
    'Economics, obligations, service levels and exit of an alliance, in Arabic and English, to be signed.',
    'الشروط الاقتصادية والالتزامات ومستويات الخدمة والخروج في تحالف، بالعربية والإنجليزية، للتوقيع.',
  ),
})
