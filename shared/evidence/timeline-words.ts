import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Words } from '#shared/artifacts/words.ts'

/** What an entry about an agreement, or made under it, is called. A fact of a kind that is not listed here is called an entry. */
const FACTS: Readonly<Partial<Record<ArtifactEvent['type'], Words>>> = {
  'artifact-created': { en: 'Agreement begun', ar: 'بدء الاتفاقية' },
  'agreement-frozen': { en: 'Text closed for signature', ar: 'إقفال النص للتوقيع' },
  'agreement-signed': { en: 'Word given: signs this text', ar: 'إعطاء الكلمة بتوقيع هذا النص' },
  'agreement-declined': { en: 'Declined to sign', ar: 'رفض التوقيع' },
  'agreement-reminded': { en: 'Reminded to sign', ar: 'تذكير بالتوقيع' },
  'agreement-file-signed': { en: 'Signature put into the file', ar: 'إدراج التوقيع في الملف' },
  'agreement-witnessed': { en: 'Signed file received whole', ar: 'استلام الملف الموقّع كاملًا' },
  'claim-proposed': { en: 'Claim made under the agreement', ar: 'مطالبة بموجب الاتفاقية' },
  'claim-accepted': { en: 'Claim accepted', ar: 'قبول مطالبة' },
  'claim-disputed': { en: 'Claim disputed', ar: 'الاعتراض على مطالبة' },
  'claim-withdrawn': { en: 'Claim withdrawn', ar: 'سحب مطالبة' },
  'agreement-certified': { en: 'File as signed at a provider kept', ar: 'حفظ الملف الموقّع لدى مقدم خدمة' },
  'version-named': { en: 'State named', ar: 'تسمية حالة' },
  'slice-disclosed': { en: 'Data disclosed to the partner', ar: 'إفصاح بيانات للشريك' },
  'slice-withdrawn': { en: 'Disclosure withdrawn', ar: 'سحب الإفصاح' },
  'slice-checked': { en: 'Disclosure checked by the partner', ar: 'فحص الشريك للإفصاح' },
  'access-ended': { en: 'Access to a disclosure ended', ar: 'انتهاء الوصول إلى إفصاح' },
  'end-acknowledged': { en: 'End of access acknowledged', ar: 'الإقرار بانتهاء الوصول' },
}
const OTHER: Words = { en: 'Entry about the agreement', ar: 'قيد بشأن الاتفاقية' }

export const factWords = (type: ArtifactEvent['type']): Words => FACTS[type] ?? OTHER

export const TIMELINE_WORDS = {
  heading: { en: 'Evidence of an agreement', ar: 'إثبات اتفاقية' },
  proof: {
    en: 'This page is for reading and proves nothing. The proof is in the files beside it; README.txt says how to check them with ordinary tools.',
    ar: 'هذه الصفحة للقراءة ولا تثبت شيئًا. الإثبات في الملفات المرفقة، ويبيّن README.txt كيف يُتحقق منها بأدوات معتادة.',
  },
  text: { en: 'Text (SHA-256)', ar: 'النص (SHA-256)' },
  version: { en: 'Version', ar: 'النسخة' },
  made: { en: 'Pack made', ar: 'إعداد الحزمة' },
  parties: { en: 'Parties', ar: 'الأطراف' },
  root: { en: 'Fingerprint of the root, to compare with the company', ar: 'بصمة الجذر، للمقارنة مع الشركة' },
  signatures: { en: 'Signatures', ar: 'التوقيعات' },
  word: { en: 'Word given (signer’s clock)', ar: 'إعطاء الكلمة (ساعة الموقّع)' },
  seen: { en: 'Seen by another company', ar: 'رأته شركة أخرى' },
  notSeen: { en: 'not yet', ar: 'ليس بعد' },
  certificate: { en: 'Certificate (SHA-256)', ar: 'الشهادة (SHA-256)' },
  approvals: { en: 'Approvals inside the company', ar: 'الموافقات داخل الشركة' },
  approvalsOwn: {
    en: 'Stated by the company that made this pack, about itself and by its own choice.',
    ar: 'تصرّح بها الشركة التي أعدّت هذه الحزمة عن نفسها وباختيارها.',
  },
  approvalOf: {
    'close-agreement': { en: 'Closing this text for signature approved', ar: 'الموافقة على إقفال هذا النص للتوقيع' },
    'sign-agreement': { en: 'Signing this text approved', ar: 'الموافقة على توقيع هذا النص' },
  },
  timeline: { en: 'What happened', ar: 'ما جرى' },
  entry: { en: 'Entry', ar: 'القيد' },
  clock: {
    en: 'Times are those of each writer’s own clock, in coordinated universal time.',
    ar: 'الأوقات بحسب ساعة كل كاتب، بالتوقيت العالمي المنسق.',
  },
  certified: {
    en: 'The file was signed once more by others: agreement/certified.pdf holds what the parties signed, unchanged, and what was added.',
    ar: 'وقّع الملفَ غيرُ الأطراف أيضًا: يحوي agreement/certified.pdf ما وقّعه الأطراف كما هو وما أضيف إليه.',
  },
  replacing: ({ en, ar }: Words): Words => ({
    en: `${en} (of the agreement that replaces this one)`,
    ar: `${ar} (للاتفاقية التي تحل محل هذه)`,
  }),
  kind: {
    en: 'Each signature was made with a certificate of the signer’s own company. It is not a certified electronic signature under Saudi law.',
    ar: 'صدر كل توقيع بشهادة من شركة الموقّع نفسها، وليس توقيعًا إلكترونيًا معتمدًا وفق الأنظمة السعودية.',
  },
} as const satisfies Readonly<Record<string, Words | Readonly<Record<string, Words>> | ((of: Words) => Words)>>
