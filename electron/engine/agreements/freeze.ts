import { amountOf } from '#shared/agreement/authority.ts'
import { dateText } from '#shared/agreement/term-text.ts'
import { fieldOf } from '#shared/agreement/signature-field.ts'
import { freeze as freezeDraft } from '#shared/agreement/draft.ts'
import { gatesOf } from '#shared/agreement/gates.ts'
import { bookmarksOf, printHtml } from '#shared/agreement/print-html.ts'
import type { PrintedAgreement, PrintedClause } from '#shared/agreement/printed-agreement.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { writeContent, type AgreementContent, type ContentTable } from '#shared/artifacts/agreement-content.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { addDays, dateOf } from '#shared/kernel/time.ts'
import { lackingFor, mustPass, type Outgoing } from '../approvals/gate.ts'
import type { ApprovalGate } from '#shared/projection/agreement-views.ts'
import { record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { isDryRun } from '../dry-run/read-dry-run.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, draftOf, replacingRefusal, versionsIn, type Place, type Version } from './agreement.ts'
import { lifeIn, signedVersion } from './life.ts'
import { fileSayings } from './kept-files.ts'

export const ATTACHMENT = 'agreement.json'

/**
 * Closes the draft as it stands for signature: the canonical text, its hash, and the printed file with one empty signature field for
 * each signatory, in one transaction; `signDays`: how many days it can be signed for, null for ever. What is edited afterwards is the next version's draft. @throws Refused with the first gate.
 */
export async function freeze(hub: Hub, artifact: string, signDays: number | null = null): Promise<void> {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const signed = signedVersion(hub, place)
  // An amendment would bring back what the parties have replaced.
  if (signed && lifeIn(hub, place, signed).state === 'superseded') throw new Refused('agreements', 'already-replaced')
  const draft = draftOf(place)
  const [gate] = gatesOf(place.kind, draft, dateOf(hub.context.clock.now()))
  if (gate) throw new Refused('agreements', gate.code)
  const content = freezeDraft(place.kind, place.id, draft, inDryRun(hub, place))
  const refusal = replacingRefusal(hub, place.runtime, content)
  if (refusal) throw new Refused('agreements', refusal)
  const text = writeContent(content)
  const earlier = versionsIn(hub, place)
  const { paper, clock } = hub.context
  const hash = paper.sha256(utf8(text))
  if (earlier.some((version) => version.hash === hash)) throw new Refused('agreements', 'nothing-changed')
  const version = earlier.length + 1
  const closing = closingOf(place, { content, text, hash, version, signDays })
  mustPass(hub, place.runtime, closing)
  const sheet = printedAgreement(hub, place, content, hash, version, earlier)
  const printed = must(await paper.printer.print(printHtml(sheet)), 'agreements')
  const file = must(
    await paper.pdfs.prepare(printed, {
      fields: content.signatories.map(({ id }) => fieldOf(id)),
      attachment: {
        name: ATTACHMENT,
        description: 'The canonical text in Arabic and English',
        mimeType: 'application/json',
        bytes: utf8(text),
      },
      bookmarks: bookmarksOf(sheet),
      at: clock.now(),
    }),
    'agreements',
  )
  // While it was printed somebody may have gone on writing, or closed a version of their own.
  if (
    writeContent(freezeDraft(place.kind, place.id, draftOf(place), inDryRun(hub, place))) !== text ||
    versionsIn(hub, place).length > earlier.length
  )
    // prettier-ignore
    throw new Refused('agreements', 'changed-meanwhile')
  hub.change(() => {
    hub.touch(place.runtime.id)
    const sha256 = paper.sha256(file)
    const sayings = fileSayings(place.runtime, place.id, { sha256, bytes: file })
    const frozen = {
      type: 'agreement-frozen' as const,
      artifact: place.id,
      version,
      hash,
      text,
      file: sha256,
      ...(signDays !== null && { signBy: addDays(dateOf(clock.now()), signDays) }),
    }
    writeIn(hub, place.runtime.id, [...sayings, { kind: 'event', payload: writeArtifactEvent(frozen) }], closing)
    note(hub, place, 'agreement-frozen', { version, hash })
    return undefined
  })
}

/** What is approved of a closing: the text to the letter, its number, and how long it can be signed. */
function closingOf(
  { runtime, id, kind }: Place,
  { content, text, hash, version, signDays }: Readonly<{ content: AgreementContent; text: string; hash: string; version: number; signDays: number | null }>,
): Outgoing {
  return {
    commitment: 'close-agreement',
    artifact: id,
    title: titleOf(runtime, id),
    content: { version, hash, signDays, text },
    amount: amountOf(kind, content),
  }
} // prettier-ignore

/** The approval that closing the draft as it stands lacks; null: none, or another gate is shut before this one. */
export function closeApproval(hub: Hub, place: Place): ApprovalGate | null {
  const draft = draftOf(place)
  if (gatesOf(place.kind, draft, dateOf(hub.context.clock.now())).length > 0) return null
  const amount = amountOf(place.kind, freezeDraft(place.kind, place.id, draft, inDryRun(hub, place)))
  const lack = lackingFor(hub, place.runtime, { commitment: 'close-agreement', amount })
  return lack && { ...lack, waits: false }
}

export const mayEdit = (hub: Hub, { runtime, id }: Place): boolean =>
  runtime.facts.mayWrite(id, 'joint' as never, certificateIn(hub.identity.certified))

export function mustEdit(hub: Hub, place: Place): void {
  if (!mayEdit(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
}

export function note(
  hub: Hub,
  { runtime, id }: Place,
  code:
    | 'agreement-frozen'
    | 'agreement-signed'
    | 'agreement-declined'
    | 'agreement-reminded'
    | 'agreement-file-signed'
    | 'agreement-certified'
    | 'signed-without-timestamp',
  detail: Readonly<Record<string, string | number>>,
): void {
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'commitment', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
}

function printedAgreement(
  hub: Hub,
  { id, kind }: Place,
  content: AgreementContent,
  hash: string,
  version: number,
  earlier: readonly Version[],
): PrintedAgreement {
  const today = dateOf(hub.context.clock.now())
  const nameOf = (company: string) => content.parties.find((one) => one.company === company)?.name ?? { en: '', ar: '' }
  return {
    kind: paperKind(artifactOf(kind.type)?.label ?? content.title, content.dryRun === true),
    title: content.title,
    reference: referenceOf(kind, id),
    version,
    date: today,
    prevailing: content.prevailing,
    ...(content.replaces && { replaces: content.replaces }),
    parties: content.parties.map(({ name, registration, registrationUntil, address, role }, at) => ({
      name,
      called: role?.text ?? {
        en: `Party ${String.fromCodePoint(65 + at)}`,
        ar: `الطرف ${PARTY_AR[at] ?? String(at + 1)}`,
      },
      facts: [
        ...(registration
          ? [{ label: { en: 'Commercial registration', ar: 'السجل التجاري' }, value: registration }]
          : []),
        ...(registrationUntil
          ? [{ label: { en: 'Registration valid until', ar: 'سريان السجل حتى' }, value: dateText(registrationUntil) }]
          : []),
        ...(address.en || address.ar ? [{ label: { en: 'Address', ar: 'العنوان' }, value: address }] : []),
      ],
    })),
    clauses: content.clauses.map(({ number, heading, text, table }) => ({
      number: String(number),
      heading,
      body: table !== undefined && !content.tables?.[table] ? withNoEntries(text) : text,
      ...printedTable(table === undefined ? undefined : content.tables?.[table]),
    })),
    signatories: content.signatories.map(({ id: signatory, company, name, capacity }) => ({
      field: fieldOf(signatory),
      company: nameOf(company),
      person: name,
      role: capacity,
      fingerprint: null,
    })),
    contentHash: hash,
    attachment: ATTACHMENT,
    versions: [
      ...earlier.map((one) => ({
        number: one.version,
        date: dateOf(one.frozenAt),
        by: one.frozenBy.name,
        hash: one.hash,
      })),
      { number: version, date: today, by: certificateIn(hub.identity.certified).name, hash },
    ],
  }
}
const inDryRun = (hub: Hub, { runtime }: Place): boolean => isDryRun(hub, runtime.workspace)

/** What was signed to try it out says so on its first page, as it does in its text. */
const paperKind = ({ en, ar }: Words, dryRun: boolean): Words =>
  dryRun ? { en: `${en} · dry run, binds nobody`, ar: `${ar} · تشغيل تجريبي لا يُلزم أحدًا` } : { en, ar }

/** The number that people quote, for example `CT-1A2B3C4D`. */
const referenceOf = ({ mark }: AgreementKind, id: string): string => `${mark}-${id.slice(0, 8).toUpperCase()}`

/** A clause that speaks of a table says so when nothing stands in it. */
const withNoEntries = ({ en, ar }: Words): Words => ({ en: `${en}\n\n(No entries.)`, ar: `${ar}\n\n(لا توجد سطور.)` })

function printedTable(table: ContentTable | undefined): Pick<PrintedClause, 'table'> {
  if (!table) return {}
  // A column that nothing stands in would only make the others narrow.
  const columns = table.columns.filter(({ name }) => table.rows.some(({ cells }) => cells[name]))
  return {
    table: {
      columns: columns.map(({ label }) => label),
      rows: table.rows.map(({ cells }) => columns.map(({ name }) => cells[name]?.text ?? '')),
    },
  }
}
const PARTY_AR = ['الأول', 'الثاني', 'الثالث', 'الرابع', 'الخامس', 'السادس'] as const
