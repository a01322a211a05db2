import type { Crypto } from '#shared/kernel/crypto.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import { DECISION_RESULT, DECISION_TEXT, type DecisionPack } from './decision-pack.ts'
import {
  compareCommands,
  fileCommands,
  logCommands,
  openCommands,
  readmeText,
  roleCommands,
  TOOL_COMMANDS,
} from './readme-commands.ts'
import { sharedSteps, type ReadmeStep } from './readme-words.ts'

const ABOUT: Bilingual = {
  en: `This is an evidence pack: a decision of several companies with what proves it. decision/text.json is what was decided on, with the
rule and who decides; decision/result.json is what came of it, and its SHA-256 is what they signed. The steps below prove who
signed which bytes. That the result follows from what was said, by the rule, "npm run verify -- FILE" of Mithaq computes anew.

What these signatures are: each is a device's, certified by its own company. They prove who stated what, and that nothing was
changed since. They are no certified electronic signatures under the Saudi Electronic Transactions Law. A pack proves what is in
it: whether more was said than that, it leaves open, but for what the signed result names.`,
  ar: `هذه حزمة إثبات: قرار لعدة شركات مع ما يثبته. في decision/text.json ما اتُّخذ القرار بشأنه وقاعدته ومن يقرر، وفي
decision/result.json ما انتهى إليه، وبصمته SHA-256 هي ما وقّعوه. وتثبت الخطوات أدناه من وقّع أي بايتات. أما أن النتيجة تتبع مما
قيل وفق القاعدة فيحسبه من جديد أمر ميثاق «npm run verify -- FILE».

ما هذه التوقيعات: كل منها توقيع جهاز شهدت له شركته. وهي تثبت من صرّح بماذا وأن شيئًا لم يتغير بعده، وليست توقيعات إلكترونية
معتمدة وفق نظام التعاملات الإلكترونية السعودي. والحزمة تثبت ما فيها: أما هل قيل أكثر من ذلك فتتركه مفتوحًا، إلا ما تسمّيه النتيجة
الموقّعة.`,
}

const TOOLS: Omit<ReadmeStep, 'number'> = {
  id: 'tools',
  title: { en: 'What you need', ar: 'ما يلزمك' },
  text: {
    en: `A shell with openssl (3.0 or later) and sha256sum. Unpack the zip into an empty folder and go into it. The indented lines are
commands: run them from the top, in one shell, or copy all of them into one file for sh. They stop at the first thing that
does not fit.`,
    ar: `سطر أوامر فيه openssl (3.0 أو أحدث) وsha256sum. فُكّ الملف المضغوط في مجلد فارغ وانتقل إليه. الأسطر المُزاحة أوامر: نفّذها
من أولها في نافذة واحدة، أو انسخها جميعًا في ملف واحد ينفّذه sh. وهي تتوقف عند أول ما لا يتطابق.`,
  },
}

const TEXT: Omit<ReadmeStep, 'number'> = {
  id: 'text',
  title: { en: 'The text and the result', ar: 'النص والنتيجة' },
  text: {
    en: `The result names the text by its SHA-256; both are canonical JSON (sorted keys, no spaces).`,
    ar: `تسمّي النتيجة النص ببصمته SHA-256؛ وكلاهما JSON بصيغة قانونية (مفاتيح مرتبة بلا مسافات).`,
  },
}

const OPEN: Omit<ReadmeStep, 'number'> = {
  id: 'open',
  title: { en: 'What the entries say', ar: 'ما تقوله القيود' },
  text: {
    en: `key.bin opens one entry (ChaCha20-Poly1305, RFC 8439) and whatever its device sealed in the same moment; all other entries
stay closed. body.cbor is what comes out: every fact about the decision, the signatures on the result among them.`,
    ar: `يفتح key.bin قيدًا واحدًا (ChaCha20-Poly1305، RFC 8439) وما ختمه جهازه في اللحظة نفسها؛ وتبقى سائر القيود مغلقة. وbody.cbor
هو ما يخرج: كل واقعة بشأن القرار، ومنها التوقيعات على النتيجة.`,
  },
}

/** The readme of a pack of a decision: its commands need openssl and sha256sum alone. */
export function decisionReadme(crypto: Crypto, pack: DecisionPack): string {
  const { title, claim, madeAt } = pack
  const [files, roles, log] = ['files', 'roles', 'log'] as const
  const steps = [TOOLS, ...sharedSteps(files), TEXT, ...sharedSteps(roles, log), OPEN, ...sharedSteps('compare')].map(
    (step, number) => ({ ...step, number }),
  )
  const heading = [
    `${title.en}\n${title.ar}`,
    `Round ${String(claim.round)} · SHA-256 ${claim.hash} · ${dateOf(madeAt)}`,
    ABOUT.en,
    ABOUT.ar,
  ]
  const commands = {
    tools: TOOL_COMMANDS,
    files: fileCommands(pack),
    text: [
      `[ "$(sha256sum < ${DECISION_TEXT})" = "${claim.hash}  -" ]`,
      `[ "$(sha256sum < ${DECISION_RESULT})" = "${claim.result}  -" ]`,
      `grep -q ${claim.hash} ${DECISION_RESULT}`,
      'echo "2 the result is about the text: OK"',
    ],
    roles: roleCommands(pack, 3),
    log: logCommands(pack, 4),
    open: [
      ...openCommands(pack),
      `[ "$(grep -al ${claim.result} log/*/body.cbor | wc -l)" -ge ${String(claim.signed.length)} ]`,
      'echo "5 the entries say what this pack says: OK"',
    ],
    compare: compareCommands(crypto, pack, 6),
  }
  return readmeText(heading, steps, commands, [])
}
