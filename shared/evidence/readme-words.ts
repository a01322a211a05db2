import type { Bilingual } from '#shared/membership/types.ts'

export interface ReadmeStep {
  readonly number: number
  readonly id: 'tools' | 'files' | 'text' | 'signatures' | 'roles' | 'log' | 'open' | 'approvals' | 'compare'
  readonly title: Bilingual
  readonly text: Bilingual
}

const STEPS: readonly Omit<ReadmeStep, 'number'>[] = [
  {
    id: 'tools',
    title: { en: 'What you need', ar: 'ما يلزمك' },
    text: {
      en: `A shell with openssl (3.0 or later), sha256sum and poppler's pdfsig and pdfdetach; on Debian: openssl, coreutils,
poppler-utils. Unpack the zip into an empty folder and go into it. The indented lines are commands: run them from the
top, in one shell, or copy all of them into one file for sh. They stop at the first thing that does not fit.`,
      ar: `سطر أوامر فيه openssl (3.0 أو أحدث) وsha256sum وبرنامجا pdfsig وpdfdetach من poppler. فُكّ الملف المضغوط في مجلد فارغ
وانتقل إليه. الأسطر المُزاحة أوامر: نفّذها من أولها في نافذة واحدة، أو انسخها جميعًا في ملف واحد ينفّذه sh. وهي تتوقف عند
أول ما لا يتطابق.`,
    },
  },
  {
    id: 'files',
    title: { en: 'The files are those of the list', ar: 'الملفات هي ما في القائمة' },
    text: {
      en: `manifest.txt names every file with its SHA-256; manifest.sig is the signature (Ed25519) of the device that made the pack.
Ed25519 signatures here are over the hash of a label, which says what the signature is for, and the bytes.`,
      ar: `يسمّي manifest.txt كل ملف وبصمته SHA-256، وmanifest.sig توقيع (Ed25519) الجهاز الذي أعدّ الحزمة. توقيعات Ed25519 هنا على
بصمة وسمٍ يبيّن غرض التوقيع، تليها البايتات.`,
    },
  },
  {
    id: 'text',
    title: { en: 'The text', ar: 'النص' },
    text: {
      en: `agreement.json is the agreed text in Arabic and English; its SHA-256 is what everybody signed. It is attached to the PDF.`,
      ar: `agreement.json هو النص المتفق عليه بالعربية والإنجليزية، وبصمته SHA-256 هي ما وقّعه الجميع. وهو مرفق داخل ملف PDF.`,
    },
  },
  {
    id: 'signatures',
    title: { en: 'The signatures in the PDF', ar: 'التوقيعات في ملف PDF' },
    text: {
      en: `Each signature (PAdES) covers the file up to its own end but for its own space. openssl checks it against the company's root
beside it; root-N, signer-N and signature-N belong to signature N. The last one covers the whole file. Other readers call a
file valid, too, that was drawn over after the last signature, or that was cut back to fewer signatures: the length says so.`,
      ar: `يغطي كل توقيع (PAdES) الملف حتى نهايته ما عدا حيّزه. يتحقق منه openssl بجذر الشركة المرفق؛ وroot-N وsigner-N وsignature-N
للتوقيع N. والأخير يغطي الملف كله. وقد تعدّ قارئات أخرى ملفًا صحيحًا رُسم عليه بعد آخر توقيع أو أُعيد إلى توقيعات أقل؛ وطول
الملف يكشف ذلك.`,
    },
  },
  {
    id: 'roles',
    title: { en: 'Who the devices are', ar: 'من أصحاب الأجهزة' },
    text: {
      en: `A company's root signed its issuer, the issuer signed the role certificate of a person's device. The .cbor files hold what
was signed (RFC 8949), the .sig files the signatures, the .der files the keys that stand in them.`,
      ar: `وقّع جذر الشركة مُصدِرها، ووقّع المُصدِر شهادة دور جهاز الشخص. في ملفات .cbor ما وُقّع (RFC 8949)، وفي .sig التوقيعات،
وفي .der المفاتيح الواردة فيها.`,
    },
  },
  {
    id: 'log',
    title: { en: 'The entries of the log', ar: 'قيود السجل' },
    text: {
      en: `Every entry of a device's log contains the hash of the one before it. An entry is proven by its bytes and the hashes after it,
up to one that its device signed.`,
      ar: `في كل قيد من سجل الجهاز بصمة القيد الذي قبله. ويُثبت القيدَ محتواه والبصمات التي بعده حتى بصمة وقّعها جهازه.`,
    },
  },
  {
    id: 'open',
    title: { en: 'What the entries say', ar: 'ما تقوله القيود' },
    text: {
      en: `key.bin opens one entry (ChaCha20-Poly1305, RFC 8439) and whatever its device sealed in the same moment; all other entries
stay closed. body.cbor is what comes out: who closed the text, who gave their word for which hash, with which certificate,
and the file before and after each signature.`,
      ar: `يفتح key.bin قيدًا واحدًا (ChaCha20-Poly1305، RFC 8439) وما ختمه جهازه في اللحظة نفسها؛ وتبقى سائر القيود مغلقة. وbody.cbor
هو ما يخرج: من أقفل النص، ومن أعطى كلمته على أي بصمة وبأي شهادة، والملف قبل كل توقيع وبعده.`,
    },
  },
  {
    id: 'approvals',
    title: { en: 'Approvals inside the company that made this pack', ar: 'الموافقات داخل الشركة التي أعدّت الحزمة' },
    text: {
      en: `approval.cbor is what the device of an approver signed: that closing or signing exactly this text is approved. It is what one
company states about itself, by its own choice: it proves who said so, not that the company needed it, nor when.`,
      ar: `في approval.cbor ما وقّعه جهاز من وافق: الموافقة على إقفال هذا النص بعينه أو توقيعه. وهو ما تصرّح به شركة عن نفسها
باختيارها: يثبت من قاله، ولا يثبت أن الشركة احتاجت إليه ولا متى قيل.`,
    },
  },
  {
    id: 'compare',
    title: { en: 'Whose roots these are', ar: 'لمن هذه الجذور' },
    text: {
      en: `All of the above proves that the holders of these roots agreed. That a root is a company's own, no file can prove: ask each
company for its fingerprint by another way, for example by telephone, and compare.`,
      ar: `كل ما سبق يثبت أن أصحاب هذه الجذور اتفقوا. أما أن الجذر جذر الشركة نفسها فلا يثبته ملف: اطلب من كل شركة بصمتها بطريق آخر،
كالهاتف مثلًا، وقارن.`,
    },
  },
]

/** Steps that are alike in every pack. */
export const sharedSteps = (...ids: readonly ReadmeStep['id'][]): readonly Omit<ReadmeStep, 'number'>[] =>
  STEPS.filter(({ id }) => ids.includes(id))

/** The steps of a readme in their order; the one about approvals only where there are any. */
export const readmeSteps = (approvals: boolean): readonly ReadmeStep[] =>
  STEPS.filter(({ id }) => approvals || id !== 'approvals').map((step, number) => ({ number, ...step }))

/** What a pack's readme says beside its commands. */
export const README_WORDS: {
  readonly about: Bilingual
  readonly noApprovals: Bilingual
  readonly after: Bilingual
} = {
  about: {
    en: `This is an evidence pack: the signed agreement with what proves it. timeline.html shows it for reading and proves nothing; the
steps below do. With Mithaq, "npm run verify -- FILE" takes the same steps.

What these signatures are: each was made with a certificate that the signer's own company issued. It proves who signed which
text, and that nothing was changed since. It is not a certified electronic signature under the Saudi Electronic
Transactions Law, and no authority vouches for the company's identity. Where the law asks for a certified signature, have
agreement/signed.pdf signed once more at a provider licensed in the Kingdom (the Digital Government Authority publishes
the list); what the parties signed stays whole inside that file.`,
    ar: `هذه حزمة إثبات: الاتفاقية الموقّعة مع ما يثبتها. تعرضها timeline.html للقراءة ولا تثبت شيئًا، وإنما تثبتها الخطوات أدناه. وفي
ميثاق يقوم الأمر «npm run verify -- FILE» بالخطوات نفسها.

ما هذه التوقيعات: صدر كل منها بشهادة من شركة الموقّع نفسها، ويثبت من وقّع أي نص وأن شيئًا لم يتغير بعده. وليست توقيعًا
إلكترونيًا معتمدًا وفق نظام التعاملات الإلكترونية السعودي، ولا جهة تشهد بهوية الشركة. وحيث يشترط النظام توقيعًا معتمدًا
فوقّع agreement/signed.pdf مرة أخرى لدى مقدم خدمة مرخّص في المملكة (تنشر هيئة الحكومة الرقمية قائمتهم)؛ ويبقى ما وقّعه
الأطراف كاملًا داخل ذلك الملف.`,
  },
  noApprovals: {
    en: 'This pack states no approval inside a company. Whether a company asks for one is its own matter; nothing is missing here.',
    ar: 'لا تصرّح هذه الحزمة بموافقة داخل شركة. فطلب الموافقة شأن كل شركة، ولا ينقص هنا شيء.',
  },
  after: {
    en: `To see the signatures as trusted in a PDF reader, import the companies' roots (x509/root-N.pem) after comparing them:
- Adobe Acrobat: Preferences > Signatures > Identities & Trusted Certificates > More > Trusted Certificates > Import; then
  Edit Trust > Use this certificate as a trusted root.
- Okular, and Evince where it is built with signatures: both use the NSS store of Firefox or of your account:
  certutil -A -d sql:$HOME/.pki/nssdb -n company-1 -t C,C,C -i x509/root-1.pem
- pdfsig: the same store, pdfsig -nssdir sql:$HOME/.pki/nssdb agreement/signed.pdf
Import a root only if you mean to believe everything that this company signs.`,
    ar: `لتظهر التوقيعات موثوقة في قارئ PDF استورد جذور الشركات (x509/root-N.pem) بعد مقارنتها:
- أدوبي أكروبات: التفضيلات > التوقيعات > الهويات والشهادات الموثوق بها > المزيد > الشهادات الموثوق بها > استيراد؛ ثم تحرير
  الثقة > استخدام هذه الشهادة جذرًا موثوقًا به.
- Okular، وEvince إن بُني بدعم التوقيع: كلاهما يستعمل مخزن NSS لفايرفوكس أو لحسابك، بالأمر certutil المذكور أعلاه.
- pdfsig: المخزن نفسه، بالخيار ‎-nssdir.
لا تستورد جذرًا إلا إن أردت تصديق كل ما توقّعه تلك الشركة.`,
  },
}
