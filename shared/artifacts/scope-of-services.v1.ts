import { agreementArtifact, type AgreementKind } from './agreement.ts'
import {
  CONFIDENTIALITY, CONFIDENTIALITY_TERMS, DISPUTES, DISPUTE_TERMS, ENDING, ENDING_TERMS, FORCE_MAJEURE, LAW_AND_LANGUAGE,
} from './agreement-clauses.ts' // prettier-ignore
import { CREDIT_CLAUSE, CREDIT_STEPS, CREDIT_TERMS, LEVELS_CLAUSE, SERVICE_LEVELS } from './levels-and-credits.ts'
import { words } from './words.ts'

/** PV-9: whose a deliverable is stands on the deliverable itself. */
const RIGHTS = {
  joint: words('joint property', 'ملكية مشتركة'),
  'work-for-hire': words('work for hire, the Client’s', 'عمل لحساب العميل وملك له'),
  'background-client': words('the Client’s background', 'ملكية سابقة للعميل'),
  'background-provider': words('the Provider’s background', 'ملكية سابقة لمقدّم الخدمة'),
  licensed: words('licensed to the Client', 'مرخّص للعميل'),
} as const

/** AR-13. What a provider delivers to a client, how it is accepted, whose it is, what it costs and how it grows. */
export const SERVICE_SCOPE = {
  type: 'ServiceScope.v1',
  mark: 'SS',
  offeredIn: ['client-provider'],
  roles: { client: words('the Client', 'العميل'), provider: words('the Provider', 'مقدّم الخدمة') },
  terms: {
    inspection: { label: words('Inspection of a deliverable', 'فحص المخرَج'), unit: 'days', usual: 10 },
    correction: { label: words('Correction after a rejection', 'التصحيح بعد الرفض'), unit: 'days', usual: 10 },
    changeAnswer: { label: words('Answer to a change request', 'الرد على طلب التغيير'), unit: 'days', usual: 7 },
    fee: { label: words('Agreed maximum of all fees', 'الحد الأعلى المتفق عليه لجميع الأتعاب'), unit: 'halalas', usual: 50_000_000 },
    vat: { label: words('Value-added tax', 'ضريبة القيمة المضافة'), unit: 'percent', usual: 15 },
    payment: { label: words('Payment', 'السداد'), unit: 'days', usual: 30 },
    handoverDays: { label: words('Hand-over at the end', 'التسليم عند الانتهاء'), unit: 'days', usual: 30 },
    ...CREDIT_TERMS,
    ...CONFIDENTIALITY_TERMS,
    ...DISPUTE_TERMS,
    ...ENDING_TERMS,
  },
  value: 'fee',
  tables: {
    deliverables: {
      label: words('Deliverables', 'المخرجات'),
      least: 1,
      columns: {
        code: { label: words('Id', 'الرمز'), unit: 'code' },
        what: { label: words('Deliverable', 'المخرَج'), unit: 'words' },
        due: { label: words('Due', 'الموعد'), unit: 'date' },
        test: { label: words('Accepted when', 'معيار القبول'), unit: 'words' },
        owner: { label: words('Accepted by', 'يقبله'), unit: 'words' },
        rights: { label: words('Rights', 'الحقوق'), unit: 'choice', options: RIGHTS },
        by: { label: words('Delivered by', 'يسلّمه'), unit: 'party' },
      },
      duty: { who: 'by', due: 'due', what: 'what' },
      usual: [
        { code: 'D1', what: words('description of the present state and plan of the work', 'وصف الوضع القائم وخطة العمل'), due: 30, test: words('the Client’s delivery lead has approved the plan', 'اعتماد قائد التنفيذ لدى العميل للخطة'), owner: words('delivery lead of the Client', 'قائد التنفيذ لدى العميل'), rights: 'work-for-hire', by: 'provider' },
      ],
    },
    limits: {
      label: words('In and out of scope', 'داخل النطاق وخارجه'),
      least: 1,
      columns: {
        side: { label: words('Scope', 'النطاق'), unit: 'choice', options: { in: words('within scope', 'داخل النطاق'), out: words('out of scope', 'خارج النطاق') } },
        what: { label: words('Work', 'العمل'), unit: 'words' },
      },
      usual: [
        { side: 'in', what: words('the deliverables of this agreement and the work that they need', 'مخرجات هذه الاتفاقية والأعمال اللازمة لها') },
        { side: 'out', what: words('licences of third parties, hardware and travel, unless ordered as a change', 'تراخيص الغير والأجهزة والسفر، ما لم تُطلب بوصفها تغييرًا') },
      ],
    },
    needs: {
      label: words('Assumptions and dependencies', 'الافتراضات والمتطلبات'),
      least: 0,
      columns: {
        by: { label: words('From', 'من'), unit: 'party' },
        what: { label: words('What is needed', 'المطلوب'), unit: 'words' },
        due: { label: words('By', 'الموعد'), unit: 'date', optional: true },
      },
      duty: { who: 'by', due: 'due', what: 'what' },
    },
    rates: {
      label: words('Rates', 'الأسعار'),
      least: 1,
      columns: {
        role: { label: words('For', 'مقابل'), unit: 'words' },
        per: { label: words('Per', 'عن كل'), unit: 'choice', options: { hour: words('hour', 'ساعة'), day: words('day', 'يوم'), month: words('month', 'شهر'), piece: words('deliverable', 'مخرَج') } },
        rate: { label: words('Rate', 'السعر'), unit: 'halalas' },
      },
      usual: [
        { role: words('delivery lead', 'قائد التنفيذ'), per: 'day', rate: 450_000 },
        { role: words('specialist', 'أخصائي'), per: 'day', rate: 300_000 },
      ],
    },
    plan: {
      label: words('Delivery plan', 'خطة التنفيذ'),
      least: 0,
      columns: {
        step: { label: words('Step', 'الخطوة'), unit: 'words' },
        region: { label: words('Region', 'المنطقة'), unit: 'words' },
        on: { label: words('Done by', 'الموعد'), unit: 'date' },
        share: { label: words('Capacity reached', 'الطاقة المحققة'), unit: 'percent', optional: true },
        by: { label: words('In charge', 'المسؤول'), unit: 'party' },
      },
      duty: { who: 'by', due: 'on', what: 'step' },
    },
    changes: {
      label: words('Change log', 'سجل التغييرات'),
      least: 0,
      columns: {
        code: { label: words('Number', 'الرقم'), unit: 'code' },
        on: { label: words('Agreed on', 'تاريخ الاتفاق'), unit: 'date' },
        what: { label: words('Change', 'التغيير'), unit: 'words' },
        effect: { label: words('Effect on fees', 'الأثر في الأتعاب'), unit: 'halalas', optional: true },
      },
    },
    levels: {
      ...SERVICE_LEVELS,
      usual: [
        {
          metric: 'RESPONSE',
          definition: words('requests of the month that were answered by a person within one business day, of all requests', 'طلبات الشهر التي رد عليها شخص خلال يوم عمل واحد، من مجموع الطلبات'),
          target: 9_500,
          window: 'month',
          excluded: words('requests that waited for the Client', 'الطلبات التي انتظرت ردًا من العميل'),
        },
      ],
    },
    credits: { ...CREDIT_STEPS, usual: [{ metric: 'RESPONSE', below: 9_500, credit: 200 }, { metric: 'RESPONSE', below: 9_000, credit: 500 }] },
  },
  afterEnd: [{ term: 'handoverDays', by: 'provider' }],
  clauses: [
    {
      heading: words('Services', 'الخدمات'),
      text: words(
        'The Provider renders the services to the Client that bring about the deliverables, with the care of an expert of its trade. The Client decides on the scope, the Provider on what is feasible, and each gives its reasons.',
        'يقدّم مقدّم الخدمة إلى العميل الخدمات التي تحقق المخرجات، بعناية الخبير في مهنته. ويقرر العميل النطاق، ويقرر مقدّم الخدمة ما يمكن تنفيذه، ويبدي كل منهما أسبابه.',
      ),
    },
    {
      heading: words('Deliverables and rights', 'المخرجات والحقوق'),
      table: 'deliverables',
      text: words(
        'Each deliverable is due on its day and belongs to whom the table says. Background that a party brings in remains its own; the other may use it as far as the deliverable needs it.',
        'يُستحق كل مخرَج في موعده، ويكون لمن يبيّنه الجدول. وتبقى لكل طرف ملكيته السابقة التي أدخلها، وللآخر استعمالها بالقدر الذي يحتاج إليه المخرَج.',
      ),
    },
    {
      heading: words('Scope', 'النطاق'),
      table: 'limits',
      text: words(
        'What the table puts within scope is owed for the agreed fees; what it puts out of scope needs a change that both sides accept.',
        'ما يضعه الجدول داخل النطاق مستحَق الأداء بالأتعاب المتفق عليها، وما يضعه خارجه يحتاج إلى تغيير يقبله الطرفان.',
      ),
    },
    {
      heading: words('Assumptions and dependencies', 'الافتراضات والمتطلبات'),
      table: 'needs',
      text: words(
        'The days of this agreement assume that each party provides what the table says. A delay there moves the days that depend on it by as long, and no further.',
        'تفترض مواعيد هذه الاتفاقية أن يقدّم كل طرف ما يبيّنه الجدول. ويؤخّر التأخر فيه المواعيد المتوقفة عليه بالمدة نفسها لا أكثر.',
      ),
    },
    {
      heading: words('Acceptance', 'القبول'),
      text: words(
        'The Client tests a deliverable against its criterion within {inspection} of receiving it, and accepts it or rejects it in writing with evidence. A deliverable that it does not reject in that time is deemed accepted. The Provider corrects a rejected one within {correction} and hands it in again.',
        'يختبر العميل المخرَج وفق معياره خلال {inspection} من تسلّمه، ويقبله أو يرفضه كتابةً مع الدليل. ويُعد المخرَج الذي لم يرفضه في هذه المدة مقبولًا. ويصحّح مقدّم الخدمة المخرَج المرفوض خلال {correction} ويسلّمه من جديد.',
      ),
    },
    {
      heading: words('Delivery plan', 'خطة التنفيذ'),
      table: 'plan',
      text: words(
        'The services grow by the steps of the plan. Who is in charge of a step reports when it is done.',
        'تتوسع الخدمات وفق خطوات الخطة. ويُبلغ المسؤول عن الخطوة بإنجازها.',
      ),
    },
    LEVELS_CLAUSE,
    CREDIT_CLAUSE({ en: 'the Provider', ar: 'مقدّم الخدمة', to: 'لمقدّم الخدمة' }, { en: 'the Client', ar: 'العميل', to: 'للعميل' }),
    {
      heading: words('Fees and payment', 'الأتعاب والسداد'),
      table: 'rates',
      text: words(
        'The Client pays the rates of the table for accepted work, at most {fee} in all, with value-added tax of {vat} or as in force on the day of supply added to them. An undisputed invoice is paid within {payment} of its receipt. No interest and no penalty is due on a late payment.',
        'يسدد العميل أسعار الجدول عن الأعمال المقبولة، وبحد أعلى إجمالي قدره {fee}، وتضاف إليها ضريبة القيمة المضافة بنسبة {vat} أو بالنسبة السارية يوم التوريد. وتُسدد الفاتورة غير المتنازع عليها خلال {payment} من تسلّمها. ولا تُستحق فائدة ولا غرامة على تأخر السداد.',
      ),
    },
    {
      heading: words('Changes', 'التغييرات'),
      table: 'changes',
      text: words(
        'Either party may ask for a change in writing. The other answers within {changeAnswer}, saying what it does to days and fees. A change counts when it stands in a version of this agreement that both have signed.',
        'لأي طرف طلب تغيير كتابةً. ويرد الآخر خلال {changeAnswer} مبيّنًا أثره في المواعيد والأتعاب. ولا يُعتد بالتغيير إلا إذا ورد في إصدار من هذه الاتفاقية وقّعه الطرفان.',
      ),
    },
    {
      heading: words('Hand-over', 'التسليم عند الانتهاء'),
      text: words(
        'When this agreement ends, the Provider hands over within {handoverDays} what is finished and what is begun, with the knowledge needed to go on, and returns or destroys the Client’s data and confirms it in writing. All access ends on the last day.',
        'عند انتهاء هذه الاتفاقية يسلّم مقدّم الخدمة خلال {handoverDays} ما أُنجز وما شُرع فيه مع المعرفة اللازمة للاستمرار، ويعيد بيانات العميل أو يتلفها ويؤكد ذلك كتابةً. وينتهي كل اطلاع في آخر يوم.',
      ),
    },
    CONFIDENTIALITY,
    FORCE_MAJEURE,
    DISPUTES,
    ENDING,
    LAW_AND_LANGUAGE,
  ],
} as const satisfies AgreementKind // prettier-ignore

export const ServiceScope = agreementArtifact({
  ...SERVICE_SCOPE,
  label: words('Scope of services', 'نطاق الخدمات'),
  about: words(
    'Deliverables with acceptance and rights, service levels, rates and plan between a client and a provider, in Arabic and English.',
    'المخرجات بمعايير قبولها وحقوقها، ومستويات الخدمة والأسعار والخطة، بين عميل ومقدّم خدمة، بالعربية والإنجليزية.',
  ),
})
