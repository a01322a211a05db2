import { exportOfDraft } from '#shared/agreement/export-text.ts'
import { readDraft, type Draft } from '#shared/agreement/draft.ts'
import { textOfDraft } from '#shared/agreement/agreement-text.ts'
import { redline } from '#shared/agreement/redline.ts'
import { aroundOf, type WordDraft } from '#shared/agreement/word-file.ts'
import type { AgreementExport } from '#shared/artifacts/agreement-export.ts'
import type { Terms } from '#shared/artifacts/agreement-terms.ts'
import { PEER_AGREEMENT, PeerAgreement } from '#shared/artifacts/peer-agreement.v1.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'

/** A small agreement that goes to Word and comes back. */
export const ARTIFACT = 'ab'.repeat(16)
export const HASH = 'cd'.repeat(32)
export const TERMS: Terms = PEER_AGREEMENT.terms
const CLAUSES = [
  ['scope', 'Scope', 'The parties cooperate as equals.\n- on standards\n- on training', 'النطاق', 'يتعاون الطرفان ندّين.\n- في المعايير\n- في التدريب'],
  ['secret', 'Confidentiality', 'Each party keeps what it receives secret for {confidentialityYears} after the end.', 'السرية', 'يحفظ كل طرف ما يتلقاه سرًا مدة {confidentialityYears} بعد الانتهاء.'],
  ['end', 'Termination', 'Either party may end this agreement with a notice of {noticeDays}. The notice is in writing.', 'الإنهاء', 'لأي طرف إنهاء هذه الاتفاقية بإشعار مدته {noticeDays}. ويكون الإشعار كتابيًا.'],
  ['law', 'Law', 'The {law} apply.', 'النظام', 'تسري {law}.'],
] as const // prettier-ignore

let clock = 0
const row = (set: string, record: string, values: Readonly<Record<string, Plain>>): readonly Register[] =>
  Object.entries(values).flatMap(([field, value]) => readRegister(registerKey(set, record, field, 7), value, 7, clock++) ?? []) // prettier-ignore

/** The draft, with some texts in place of its own. */
export function sampleDraft(change: Readonly<Record<string, Plain>> = {}, without: readonly string[] = []): Draft {
  const clauses = CLAUSES.filter(([id]) => !without.includes(id)).flatMap(([id, headingEn, textEn, headingAr, textAr], at) =>
    row('clauses', id, { headingEn, textEn, headingAr, textAr, order: `a${String(at)}`, ...own(change, id) }),
  ) // prettier-ignore
  const registers = [
    ...row('agreement', 'it', { title: { en: 'Cooperation', ar: 'اتفاقية تعاون' }, prevailing: 'ar', law: 'ksa', effectiveOn: '2027-01-01' }),
    ...row('terms', 'it', { noticeDays: 60, confidentialityYears: 3, ...own(change, 'terms') }),
    ...row('parties', 'pa', { name: { en: 'Najd Trading', ar: 'نجد التجارية' }, order: 'a0' }),
    ...clauses,
  ] // prettier-ignore
  return readDraft(PEER_AGREEMENT, registers, PeerAgreement.sections.joint.fields)
}

/** `scope/textEn` → the field of that record. */
const own = (change: Readonly<Record<string, Plain>>, record: string): Readonly<Record<string, Plain>> =>
  Object.fromEntries(
    Object.entries(change).flatMap(([path, value]) => {
      const [of, field = ''] = path.split('/')
      return of === record ? [[field, value]] : []
    }),
  )

/** What goes into the file, and what an edited copy is compared with; with `before`, differences are tracked. */
export function sampleWord(
  draft: Draft = sampleDraft(),
  before: Draft = draft,
): { readonly word: WordDraft; readonly base: AgreementExport } {
  const after = textOfDraft(PEER_AGREEMENT, draft)
  const lines = redline(textOfDraft(PEER_AGREEMENT, before), after)
  const changed = new Map(lines.entries.map((entry) => [`${entry.kind}/${entry.id}`, entry.text]))
  const by = { author: 'Amal Al-Harbi (Najd Trading) · Mithaq', date: '2026-11-19T08:00:00Z' }
  const word: WordDraft = {
    artifact: ARTIFACT,
    hash: HASH,
    title: { en: 'Cooperation', ar: 'اتفاقية تعاون' },
    about: { en: 'Draft', ar: 'المسودة' },
    entries: after.entries.map(({ kind, id, text }) => ({
      name: kind === 'term' ? id : `${kind}_${id}`,
      label: kind === 'term' ? TERMS[id]?.label ?? { en: id, ar: id } : { en: kind, ar: kind },
      text: changed.get(`${kind}/${id}`) ?? { en: [{ kind: 'same', text: text.en }], ar: [{ kind: 'same', text: text.ar }] },
      by,
    })),
    clauses: lines.clauses.map(({ id, state, heading, text }) => ({ id, state, heading, text, by: { en: by, ar: by } })),
  } // prettier-ignore
  return { word, base: { ...exportOfDraft(PEER_AGREEMENT, ARTIFACT, draft), around: [...aroundOf(word)] } }
}
