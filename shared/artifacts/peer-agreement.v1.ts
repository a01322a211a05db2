import { agreementArtifact, type AgreementKind } from './agreement.ts'
import { CONFIDENTIALITY, CONFIDENTIALITY_TERMS, COURT_DISPUTES, LAW_AND_LANGUAGE } from './agreement-clauses.ts'
import { words } from './words.ts'

/** AR-1. What the companies do together, what stays confidential, whose the results are, and how it ends. */
export const PEER_AGREEMENT = {
  type: 'PeerAgreement.v1',
  mark: 'PA',
  offeredIn: ['peer', 'customer-seller', 'client-provider', 'alliance'],
  roles: {},
  tables: {},
  terms: {
    termMonths: { label: words('Term', 'المدة'), unit: 'months', usual: 12 },
    noticeDays: { label: words('Notice of termination', 'مهلة الإشعار بالإنهاء'), unit: 'days', usual: 60 },
    ...CONFIDENTIALITY_TERMS,
    returnDays: { label: words('Return or destruction within', 'الإعادة أو الإتلاف خلال'), unit: 'days', usual: 30 },
    mediationDays: { label: words('Mediation window', 'مهلة الوساطة'), unit: 'days', usual: 30 },
    graceDays: { label: words('Grace for reciprocity', 'مهلة المعاملة بالمثل'), unit: 'days', usual: 30 },
  },
  afterEnd: [{ term: 'returnDays', by: 'all' }],
  clauses: [
    {
      heading: words('Scope and objectives', 'النطاق والأهداف'),
      text: words(
        'The parties cooperate as equals within the scope described in this workspace. Neither party has authority over the other, and nothing in this agreement creates a partnership, agency or employment.',
        'يتعاون الطرفان بوصفهما ندّين في حدود النطاق الموصوف في مساحة العمل هذه. ولا سلطة لأي طرف على الآخر، ولا تنشئ هذه الاتفاقية شراكة ولا وكالة ولا علاقة عمل.',
      ),
    },
    CONFIDENTIALITY,
    {
      heading: words('Return and destruction', 'الإعادة والإتلاف'),
      text: words(
        'Within {returnDays} of the end of this agreement each party returns or destroys what it received, and confirms this in writing. Copies that the law requires to be kept remain subject to the duty of confidentiality.',
        'يعيد كل طرف ما تلقاه أو يتلفه خلال {returnDays} من انتهاء هذه الاتفاقية، ويؤكد ذلك كتابةً. وتبقى النسخ التي يوجب النظام حفظها خاضعة لواجب السرية.',
      ),
    },
    {
      heading: words('Disclosure and reciprocity', 'الإفصاح والمعاملة بالمثل'),
      text: words(
        'Each party decides alone what it discloses. Where the parties agree that a disclosure depends on an equivalent one, access may be suspended when no equivalent has been given within {graceDays}.',
        'يقرر كل طرف وحده ما يفصح عنه. وإذا اتفق الطرفان على أن يتوقف إفصاح على إفصاح مماثل، جاز تعليق الاطلاع إذا لم يُقدَّم المماثل خلال {graceDays}.',
      ),
    },
    {
      heading: words('Intellectual property', 'الملكية الفكرية'),
      text: words(
        'What a party owned before, or develops outside this agreement, remains its own. Results that the parties create together belong to them jointly in equal shares unless they agree otherwise in writing. Nothing is published without the consent of both.',
        'يبقى لكل طرف ما كان يملكه من قبل أو يطوّره خارج هذه الاتفاقية. وتكون النتائج التي ينشئها الطرفان معًا ملكًا مشتركًا بينهما بالتساوي ما لم يتفقا كتابةً على غير ذلك. ولا يُنشر شيء منها إلا بموافقتهما.',
      ),
    },
    {
      heading: words('Competition law', 'نظام المنافسة'),
      text: words(
        'The parties exchange no prices, price plans or other information that competition law forbids. Benchmarks between competitors are aggregated and aged before they are shared.',
        'لا يتبادل الطرفان أسعارًا ولا خططًا للتسعير ولا معلومات أخرى يحظرها نظام المنافسة. وتُجمَّع المقارنات المعيارية بين المتنافسين وتُؤخَّر قبل تبادلها.',
      ),
    },
    COURT_DISPUTES,
    {
      heading: words('Term, renewal and exit', 'المدة والتجديد والخروج'),
      text: words(
        'This agreement is in force for {termMonths} from {effectiveOn}. It is renewed only in writing. Either party may terminate it by written notice of {noticeDays}; duties that by their nature outlast it remain.',
        'تسري هذه الاتفاقية لمدة {termMonths} ابتداءً من {effectiveOn}. ولا تُجدَّد إلا كتابةً. ولأي طرف إنهاؤها بإشعار مكتوب مدته {noticeDays}؛ وتبقى الالتزامات التي تستمر بطبيعتها بعد انتهائها.',
      ),
    },
    LAW_AND_LANGUAGE,
  ],
} as const satisfies AgreementKind

export const PeerAgreement = agreementArtifact({
  ...PEER_AGREEMENT,
  label: words('Peer agreement', 'اتفاقية تعاون بين نظراء'),
  about: words(
    'An agreement between companies that meet as equals, in Arabic and English, to be signed by their people.',
    'اتفاقية بين شركات تتعامل على قدم المساواة، بالعربية والإنجليزية، يوقّعها أشخاصها.',
  ),
})
