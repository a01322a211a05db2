import { agreementArtifact, type AgreementKind } from './agreement.ts'
import {
  CONFIDENTIALITY, CONFIDENTIALITY_TERMS, DISPUTES, DISPUTE_TERMS, ENDING, ENDING_TERMS, FORCE_MAJEURE, LAW_AND_LANGUAGE,
} from './agreement-clauses.ts' // prettier-ignore
import { CREDIT_CLAUSE, CREDIT_STEPS, CREDIT_TERMS, LEVELS_CLAUSE, SERVICE_LEVELS } from './levels-and-credits.ts'
import { words } from './words.ts'

/** AR-11. Prices, service levels with credits, adjustment, late delivery, orders and payment between a seller and a buyer. */
export const CONTRACT_TERMS = {
  type: 'ContractTerms.v1',
  mark: 'CT',
  offeredIn: ['customer-seller', 'client-provider', 'alliance'],
  roles: { seller: words('the Seller', 'البائع'), buyer: words('the Buyer', 'المشتري') },
  terms: {
    pricing: {
      label: words('Pricing model', 'نموذج التسعير'),
      unit: 'choice',
      usual: 'tier',
      options: {
        fixed: words('fixed prices', 'أسعار ثابتة'),
        tier: words('prices by quantity step', 'أسعار بحسب شرائح الكمية'),
        index: words('prices that follow an index', 'أسعار مرتبطة برقم قياسي'),
        'cost-plus': words('cost plus margin', 'التكلفة مضافًا إليها هامش'),
        volume: words('volume discount', 'حسم الكميات'),
      },
    },
    vatTreatment: {
      label: words('Prices and value-added tax', 'الأسعار وضريبة القيمة المضافة'),
      unit: 'choice',
      usual: 'exclusive',
      options: { exclusive: words('exclusive of', 'غير شاملة'), inclusive: words('inclusive of', 'شاملة') },
    },
    vat: { label: words('Value-added tax', 'ضريبة القيمة المضافة'), unit: 'percent', usual: 15 },
    yearlyValue: { label: words('Expected value of a year', 'القيمة السنوية المتوقعة'), unit: 'halalas', usual: null, optional: true },
    index: {
      label: words('Index of price adjustment', 'الرقم القياسي لتعديل الأسعار'),
      unit: 'words',
      usual: words('the Wholesale Price Index of the General Authority for Statistics', 'الرقم القياسي لأسعار الجملة الصادر عن الهيئة العامة للإحصاء'),
    },
    reviewMonths: { label: words('Price review every', 'مراجعة الأسعار كل'), unit: 'months', usual: 12 },
    adjustmentCap: { label: words('Most rise at a review', 'أقصى زيادة في المراجعة'), unit: 'percent', usual: 5 },
    adjustmentFloor: { label: words('Most fall at a review', 'أقصى خفض في المراجعة'), unit: 'percent', usual: 5 },
    adjustmentNotice: { label: words('Notice of an adjustment', 'مهلة الإشعار بالتعديل'), unit: 'days', usual: 60 },
    minimumPurchase: { label: words('Minimum purchase of the forecast', 'الحد الأدنى للشراء من التوقع'), unit: 'percent', usual: 80 },
    orderResponse: { label: words('Answer to an order', 'الرد على الطلب'), unit: 'days', usual: 3 },
    acceptance: { label: words('Inspection of a delivery', 'فحص التوريد'), unit: 'days', usual: 10 },
    lateTolerance: { label: words('Tolerance of a late delivery', 'فترة السماح لتأخر التسليم'), unit: 'days', usual: 2 },
    lateRate: { label: words('Late delivery: charge', 'تأخر التسليم: التعويض'), unit: 'basis-points', usual: 100 },
    latePeriod: { label: words('Late delivery: for every', 'تأخر التسليم: عن كل'), unit: 'days', usual: 7 },
    lateCap: { label: words('Late delivery: at most', 'تأخر التسليم: بحد أعلى'), unit: 'percent', usual: 10 },
    lateTermination: { label: words('Late delivery: cancellation after', 'تأخر التسليم: حق الإلغاء بعد'), unit: 'days', usual: 30 },
    payment: { label: words('Payment', 'السداد'), unit: 'days', usual: 45 },
    reminder: { label: words('Reminder before suspension', 'التذكير قبل وقف التوريد'), unit: 'days', usual: 15 },
    ...CREDIT_TERMS,
    ...CONFIDENTIALITY_TERMS,
    ...DISPUTE_TERMS,
    ...ENDING_TERMS,
  },
  value: 'yearlyValue',
  tables: {
    prices: {
      label: words('Prices', 'الأسعار'),
      least: 1,
      columns: {
        item: { label: words('Item', 'الصنف'), unit: 'words' },
        per: { label: words('Unit', 'الوحدة'), unit: 'words' },
        from: { label: words('From quantity', 'من كمية'), unit: 'number' },
        price: { label: words('Unit price', 'سعر الوحدة'), unit: 'halalas' },
      },
      steps: { of: 'item', by: 'from', then: 'price', way: 'rising' },
      usual: [
        { item: words('Goods as ordered', 'الأصناف المطلوبة'), per: words('piece', 'قطعة'), from: 1, price: 10_000 },
        { item: words('Goods as ordered', 'الأصناف المطلوبة'), per: words('piece', 'قطعة'), from: 1_000, price: 9_500 },
      ],
    },
    levels: {
      ...SERVICE_LEVELS,
      usual: [
        {
          metric: 'OTIF',
          definition: words('order lines due in the window that arrived no later than the confirmed day plus the tolerance, complete and undamaged, of all lines due', 'سطور الطلبات المستحقة في الفترة التي وصلت في موعد لا يجاوز اليوم المؤكد مضافًا إليه فترة السماح، كاملةً وسليمةً، من مجموع السطور المستحقة'),
          target: 9_500,
          window: 'month',
          excluded: words('lines that the Buyer changed after confirmation', 'السطور التي عدّلها المشتري بعد تأكيدها'),
        },
        {
          metric: 'FILL',
          definition: words('units shipped in the window, at most those ordered, of all units ordered', 'الوحدات المشحونة في الفترة بما لا يجاوز المطلوب، من مجموع الوحدات المطلوبة'),
          target: 9_800,
          window: 'month',
        },
      ],
    },
    credits: {
      ...CREDIT_STEPS,
      usual: [
        { metric: 'OTIF', below: 9_500, credit: 200 },
        { metric: 'OTIF', below: 9_000, credit: 500 },
        { metric: 'FILL', below: 9_800, credit: 200 },
      ],
    },
  },
  clauses: [
    {
      heading: words('Subject', 'موضوع الاتفاقية'),
      text: words(
        'The Seller sells and delivers, and the Buyer buys, the goods of the table of prices on the terms that follow. Every order placed under them is part of this agreement.',
        'يبيع البائع ويسلّم، ويشتري المشتري، الأصناف المبيّنة في جدول الأسعار وفق الشروط التالية. ويُعد كل طلب يصدر بموجبها جزءًا من هذه الاتفاقية.',
      ),
    },
    {
      heading: words('Prices and taxes', 'الأسعار والضرائب'),
      table: 'prices',
      text: words(
        'The parties agree on {pricing}. The prices are in Saudi riyals, {vatTreatment} value-added tax, which is charged at the rate in force on the day of supply, now {vat}. The price of an order is that of the highest quantity step that it reaches.',
        'اتفق الطرفان على {pricing}. والأسعار بالريال السعودي {vatTreatment} ضريبةَ القيمة المضافة، وتُحتسب بالنسبة السارية يوم التوريد، وهي الآن {vat}. ويكون سعر الطلب سعرَ أعلى شريحة كمية يبلغها.',
      ),
    },
    {
      heading: words('Price adjustment', 'تعديل الأسعار'),
      text: words(
        'The prices are reviewed every {reviewMonths}. At a review each price changes in proportion to {index}, counted from the month before this agreement took effect or before the last adjustment, and by no more than {adjustmentCap} upwards or {adjustmentFloor} downwards. Whoever asks for an adjustment notifies the other {adjustmentNotice} before it, with the published figures; without a notice the prices stay.',
        'تُراجع الأسعار كل {reviewMonths}. ويتغير كل سعر عند المراجعة بنسبة تغير {index}، محسوبًا من الشهر السابق لسريان هذه الاتفاقية أو لآخر تعديل، على ألا تجاوز الزيادة {adjustmentCap} ولا يجاوز الخفض {adjustmentFloor}. وعلى من يطلب التعديل إشعار الآخر قبله بمدة {adjustmentNotice} مع الأرقام المنشورة، وتبقى الأسعار على حالها ما لم يُقدَّم إشعار.',
      ),
    },
    {
      heading: words('Forecast and minimum purchase', 'التوقع والحد الأدنى للشراء'),
      text: words(
        'The Buyer shares a rolling forecast with the Seller. In each calendar quarter it buys at least {minimumPurchase} of what it had last forecast for that quarter before the quarter began, as far as the Seller is able to deliver.',
        'يشارك المشتري البائع توقعًا متجددًا. ويشتري في كل ربع سنوي ما لا يقل عن {minimumPurchase} مما توقعه آخر مرة لذلك الربع قبل بدايته، في حدود قدرة البائع على التوريد.',
      ),
    },
    {
      heading: words('Orders', 'الطلبات'),
      text: words(
        'The Seller accepts or rejects an order in writing within {orderResponse} of receiving it, and gives its reason when it rejects. An order that is not answered in that time is deemed accepted.',
        'يقبل البائع الطلب أو يرفضه كتابةً خلال {orderResponse} من تسلّمه، ويبيّن السبب عند الرفض. ويُعد الطلب الذي لم يُرد عليه في هذه المدة مقبولًا.',
      ),
    },
    {
      heading: words('Delivery and acceptance', 'التسليم والقبول'),
      text: words(
        'The Buyer inspects a delivery within {acceptance} of receiving it and notifies defects in writing, with evidence. What it does not reject in that time is deemed accepted. Defects that an inspection could not show may be notified when they are found.',
        'يفحص المشتري التوريد خلال {acceptance} من تسلّمه، ويُشعر بالعيوب كتابةً مع الدليل. ويُعد ما لم يرفضه في هذه المدة مقبولًا. وله الإشعار بالعيوب الخفية التي لا يُظهرها الفحص عند اكتشافها.',
      ),
    },
    {
      heading: words('Late delivery', 'تأخر التسليم'),
      text: words(
        'Where a delivery is late by more than {lateTolerance}, the Seller owes the Buyer as liquidated damages for late delivery {lateRate} of the price of the goods concerned for every {latePeriod} of delay, part of a day counting as a day, and at most {lateCap} of that price. Where the delay is longer than {lateTermination}, the Buyer may cancel the order. Nothing is owed for a delay that force majeure or the Buyer caused, nor as far as the Seller shows that no loss arose.',
        'إذا تأخر التسليم أكثر من {lateTolerance}، استحق المشتري على البائع تعويضًا اتفاقيًا عن تأخر التسليم قدره {lateRate} من ثمن الأصناف المعنية عن كل {latePeriod} من التأخير، ويُحسب جزء اليوم يومًا كاملًا، وبحد أعلى {lateCap} من ذلك الثمن. وإذا جاوز التأخير {lateTermination}، جاز للمشتري إلغاء الطلب. ولا يُستحق شيء عن تأخير سببه القوة القاهرة أو المشتري، ولا بقدر ما يثبت البائع أن ضررًا لم يقع.',
      ),
    },
    LEVELS_CLAUSE,
    CREDIT_CLAUSE({ en: 'the Seller', ar: 'البائع', to: 'للبائع' }, { en: 'the Buyer', ar: 'المشتري', to: 'للمشتري' }),
    {
      heading: words('Payment', 'السداد'),
      text: words(
        'The Buyer pays an undisputed invoice within {payment} of receiving it. No interest and no penalty is due on a late payment. The Seller may suspend deliveries when an invoice is still open {reminder} after a written reminder.',
        'يسدد المشتري الفاتورة غير المتنازع عليها خلال {payment} من تسلّمها. ولا تُستحق فائدة ولا غرامة على تأخر السداد. وللبائع وقف التوريد إذا بقيت الفاتورة دون سداد {reminder} بعد تذكير مكتوب.',
      ),
    },
    CONFIDENTIALITY,
    FORCE_MAJEURE,
    DISPUTES,
    ENDING,
    LAW_AND_LANGUAGE,
  ],
} as const satisfies AgreementKind // prettier-ignore

export const ContractTerms = agreementArtifact({
  ...CONTRACT_TERMS,
  label: words('Contract terms', 'شروط التعاقد'),
  about: words(
    'Prices, service levels, adjustment and late delivery between a seller and a buyer, in Arabic and English, to be signed.',
    'الأسعار ومستويات الخدمة والتعديل وتأخر التسليم بين بائع ومشترٍ، بالعربية والإنجليزية، للتوقيع.',
  ),
})
