import { agreementArtifact, type AgreementKind } from './agreement.ts'
import {
  CONFIDENTIALITY, CONFIDENTIALITY_TERMS, DISPUTES, DISPUTE_TERMS, ENDING, ENDING_TERMS, LAW_AND_LANGUAGE,
} from './agreement-clauses.ts' // prettier-ignore
import { words } from './words.ts'

/** AR-12. What a seller and a buyer settled on, what each gave for it (AR-35), and how it is rolled out. */
export const PARTNERSHIP_AGREEMENT = {
  type: 'PartnershipAgreement.v1',
  mark: 'PN',
  offeredIn: ['customer-seller', 'alliance'],
  roles: { seller: words('the Seller', 'البائع'), buyer: words('the Buyer', 'المشتري') },
  terms: {
    contractReference: { label: words('Contract terms: reference', 'شروط التعاقد: المرجع'), unit: 'code', usual: null, optional: true },
    contractVersion: { label: words('Contract terms: version', 'شروط التعاقد: الإصدار'), unit: 'number', usual: null, optional: true },
    reviewMonths: { label: words('Joint review every', 'المراجعة المشتركة كل'), unit: 'months', usual: 3 },
    minutesDays: { label: words('Minutes within', 'محضر الاجتماع خلال'), unit: 'days', usual: 5 },
    goNoGoDays: { label: words('Decision on a step', 'قرار المضي في الخطوة'), unit: 'days', usual: 7 },
    transitionMonths: { label: words('Transition after the end', 'المرحلة الانتقالية بعد الانتهاء'), unit: 'months', usual: 3 },
    ...CONFIDENTIALITY_TERMS,
    ...DISPUTE_TERMS,
    ...ENDING_TERMS,
  },
  tables: {
    positions: {
      label: words('Agreed positions', 'المواقف المتفق عليها'),
      least: 1,
      columns: {
        topic: { label: words('Topic', 'الموضوع'), unit: 'words' },
        agreed: { label: words('What is agreed', 'ما اتُّفق عليه'), unit: 'words' },
      },
      usual: [
        { topic: words('Demand and capacity', 'الطلب والطاقة'), agreed: words('The Buyer shares its forecast every month; the Seller answers with capacity that it commits to.', 'يشارك المشتري توقعه كل شهر، ويرد البائع بالطاقة التي يلتزم بها.') },
      ],
    },
    tradeOffs: {
      label: words('What each gave', 'ما قدّمه كل طرف'),
      least: 0,
      columns: {
        by: { label: words('Given by', 'من'), unit: 'party' },
        given: { label: words('Given', 'ما قُدّم'), unit: 'words' },
        received: { label: words('In return for', 'مقابل'), unit: 'words' },
        value: { label: words('Estimated value', 'القيمة التقديرية'), unit: 'halalas', optional: true },
        reason: { label: words('Reason', 'السبب'), unit: 'words', optional: true },
      },
    },
    rollout: {
      label: words('Roll-out', 'خطة التطبيق'),
      least: 1,
      columns: {
        step: { label: words('Step', 'الخطوة'), unit: 'words' },
        by: { label: words('In charge', 'المسؤول'), unit: 'party' },
        region: { label: words('Region', 'المنطقة'), unit: 'words' },
        on: { label: words('Done by', 'الموعد'), unit: 'date' },
        gate: { label: words('Go on when', 'شرط المضي'), unit: 'words', optional: true },
      },
      duty: { who: 'by', due: 'on', what: 'step' },
      usual: [
        { step: words('Pilot with one product line', 'تجربة على خط منتجات واحد'), by: 'seller', region: words('Riyadh', 'الرياض'), on: 60, gate: words('the pilot met its joint measures', 'تحقق المؤشرات المشتركة في التجربة') },
        { step: words('All product lines', 'جميع خطوط المنتجات'), by: 'seller', region: words('all regions', 'جميع المناطق'), on: 150 },
      ],
    },
    measures: {
      label: words('Joint measures', 'المؤشرات المشتركة'),
      least: 1,
      columns: {
        metric: { label: words('Measure', 'المؤشر'), unit: 'words' },
        target: { label: words('Target', 'المستهدف'), unit: 'basis-points' },
        by: { label: words('Reported by', 'يقدّم التقرير'), unit: 'party' },
      },
      usual: [
        { metric: words('order lines on time and in full', 'سطور الطلبات المسلّمة كاملةً في موعدها'), target: 9_500, by: 'seller' },
        { metric: words('forecast accuracy, one hundred less the weighted error', 'دقة التوقع، مئة ناقصًا الخطأ المرجّح'), target: 8_500, by: 'buyer' },
      ],
    },
  },
  afterEnd: [{ term: 'transitionMonths', by: 'all' }],
  clauses: [
    {
      heading: words('Purpose', 'الغرض'),
      text: words(
        'The Seller and the Buyer carry out together what they have settled on. Neither represents the other, and nothing in this agreement creates a company between them.',
        'ينفّذ البائع والمشتري معًا ما استقرا عليه. ولا يمثّل أي منهما الآخر، ولا تنشئ هذه الاتفاقية شركة بينهما.',
      ),
    },
    {
      heading: words('Agreed positions', 'المواقف المتفق عليها'),
      table: 'positions',
      text: words(
        'On each topic of the table the parties hold the position that stands beside it. Prices, service levels and payment are governed by the contract terms between them.',
        'يلتزم الطرفان في كل موضوع من موضوعات الجدول بالموقف المبيّن أمامه. وتخضع الأسعار ومستويات الخدمة والسداد لشروط التعاقد بينهما.',
      ),
    },
    {
      heading: words('What each gave', 'ما قدّمه كل طرف'),
      table: 'tradeOffs',
      text: words(
        'The parties record what each gave and what it received for it, so that whoever reopens one side of the exchange reopens the other. The values are estimates and create no debt.',
        'يثبت الطرفان ما قدّمه كل منهما وما تلقاه مقابله، فمن أعاد فتح أحد وجهي المبادلة أعاد فتح الآخر. والقيم تقديرية ولا تنشئ دينًا.',
      ),
    },
    {
      heading: words('Roll-out', 'خطة التطبيق'),
      table: 'rollout',
      text: words(
        'Each step is done by its day by the party in charge. Before a step that has a condition, both parties say within {goNoGoDays} of its report whether it goes on; a step whose condition is not met waits.',
        'يُنجز كل خطوة في موعدها الطرفُ المسؤول عنها. وقبل الخطوة المعلّقة على شرط يقرر الطرفان خلال {goNoGoDays} من تقريرها هل يُمضى فيها، وتنتظر الخطوة التي لم يتحقق شرطها.',
      ),
    },
    {
      heading: words('Joint measures', 'المؤشرات المشتركة'),
      table: 'measures',
      text: words(
        'The parties measure the results of the table and show each other how they were computed. A measure that cannot be computed is reported as such and never as zero.',
        'يقيس الطرفان نتائج الجدول ويُطلع كل منهما الآخر على طريقة حسابها. والمؤشر الذي يتعذر حسابه يُذكر كذلك، ولا يُذكر صفرًا.',
      ),
    },
    {
      heading: words('Governance', 'الحوكمة'),
      text: words(
        'The chief operating officers meet every {reviewMonths} and review measures, roll-out and open points. The minutes are ready within {minutesDays}. A commitment binds a company only when a person with authority has approved it.',
        'يجتمع رئيسا العمليات كل {reviewMonths} لمراجعة المؤشرات وخطة التطبيق والنقاط المفتوحة. ويصدر محضر الاجتماع خلال {minutesDays}. ولا يلزم التزامٌ شركةً إلا إذا اعتمده شخص مفوَّض.',
      ),
    },
    {
      heading: words('Exit', 'الخروج'),
      text: words(
        'When this agreement ends, the parties complete the orders that were accepted and hand over what the other needs to go on, within {transitionMonths}. Access to shared data ends on the last day.',
        'عند انتهاء هذه الاتفاقية يُتم الطرفان الطلبات المقبولة، ويسلّم كل منهما الآخر ما يحتاج إليه للاستمرار، خلال {transitionMonths}. وينتهي الاطلاع على البيانات المشتركة في آخر يوم.',
      ),
    },
    CONFIDENTIALITY,
    DISPUTES,
    ENDING,
    LAW_AND_LANGUAGE,
  ],
} as const satisfies AgreementKind // prettier-ignore

export const PartnershipAgreement = agreementArtifact({
  ...PARTNERSHIP_AGREEMENT,
  label: words('Partnership agreement', 'اتفاقية شراكة'),
  about: words(
    'What a seller and a buyer settled on, what each gave for it, and the roll-out, in Arabic and English, to be signed.',
    'ما استقر عليه بائع ومشترٍ وما قدّمه كل منهما وخطة التطبيق، بالعربية والإنجليزية، للتوقيع.',
  ),
})
