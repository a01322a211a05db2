import { fieldOf } from '#shared/agreement/signature-field.ts'
import type { PdfVerdict } from '#shared/agreement/pdf-verdict.ts'
import type { CheckReport, Finding, Note } from '#shared/evidence/report.ts'
import { equal, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import type { FileCheckView } from '#shared/projection/agreement-views.ts'
import { placesOf, replacementsIn, versionsIn, type Place, type Version } from '../agreements/agreement.ts'
import { keptFile } from '../agreements/kept-files.ts'
import type { PdfExpectations } from '../agreements/ports.ts'
import { believedRoots } from '../agreements/timestamping.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { checkedSignature, contentIn, signedWithin } from './check-pdf.ts'
import { checkerOf } from './checker.ts'
import { decidedHere } from './decided-here.ts'
import { witnesses } from './witnessed.ts'

/**
 * Checks a file from anywhere with what this vault knows: whose certificates count, who has to have signed and which text it must
 * carry, when the text is that of an agreement or a decision here. A pack, and a file whose text is unknown, are checked by themselves.
 */
export async function checkFile(hub: Hub, bytes: Uint8Array): Promise<FileCheckView> {
  const { crypto, paper, clock } = hub.context
  const now = clock.now()
  const timestampRoots = believedRoots(hub)
  const options = { now, ...(timestampRoots && { timestampRoots }) }
  const alone = await checkerOf({ crypto, paper }).file(bytes, options)
  if (alone.kind === 'pack') {
    const known = agreementKnownBy(hub, alone.agreement?.hash) ?? decisionKnownBy(hub, alone.decision)
    // Whose roots these must be this vault knows from safety codes, and need not take from the pack.
    const again = known ? await checkerOf({ crypto, paper }).file(bytes, { ...options, roots: rootsOf(hub, known.place) }) : alone // prettier-ignore
    return { ...again, known: known && view(known) }
  }
  const first = await paper.pdfs.verify(bytes, { cas: [], revocations: [], now })
  const found = first.attachment ? knownText(hub, first.attachment.bytes) : undefined
  if (!found) {
    const notes: readonly Note[] = alone.agreement ? [...alone.notes, 'text-not-known'] : alone.notes
    return { ...alone, notes, known: null }
  }
  return {
    ...(await checkKnown(hub, bytes, found)),
    known: view({ place: found.place, version: found.version.version }),
  }
}

interface Known {
  readonly place: Place
  readonly version: Version
}

async function checkKnown(hub: Hub, bytes: Uint8Array, known: Known): Promise<CheckReport> {
  const { paper } = hub.context
  const expected = expectationsOf(hub, known)
  const whole = await paper.pdfs.verify(bytes, expected)
  if (whole.valid) return reportOf(hub, known, whole, 'holds', [])
  const { place, version } = known
  const signed = keptFile(place.runtime, place.id, version.file, (file) => paper.sha256(file))
  // What was added is only ever behind the very file that all signed.
  if (version.state === 'signed' && signed && bytes.length > signed.length && equal(bytes.subarray(0, signed.length), signed)) {
    const within = await signedWithin(bytes, async (inner) => ({ verdict: await paper.pdfs.verify(inner, expected) }), paper.pdfs)
    if (within?.length === signed.length) return reportOf(hub, known, within.inner.verdict, 'added', within.added)
  } // prettier-ignore
  return reportOf(hub, known, whole, 'fails', [])
}

/** What a file of this version must be, as this vault's log says. */
export function expectationsOf(hub: Hub, { place, version }: Known): PdfExpectations {
  const seen = witnesses(place, version)
  const timestampRoots = believedRoots(hub)
  return {
    cas: version.pages.map(({ ca }) => ca),
    revocations: [],
    ...(timestampRoots && { timestampRoots }),
    signers: version.content.signatories.map(({ id }) => {
      const word = version.signed.get(id)
      const witnessedAt = seen.get(id)
      return { field: fieldOf(id), ...(word && { fingerprint: word.certificate }), ...(witnessedAt !== undefined && { witnessedAt }) }
    }),
    now: hub.context.clock.now(),
  } // prettier-ignore
}

function reportOf(
  hub: Hub,
  known: Known,
  verdict: PdfVerdict,
  answer: CheckReport['answer'],
  added: CheckReport['added'],
): CheckReport {
  const { place, version } = known
  const seen = new Map([...witnesses(place, version)].map(([id, at]) => [fieldOf(id), at]))
  const { companies } = place.runtime.members
  const notes: readonly Note[] = [
    ...(verdict.signatures.some(({ timestampedAt }) => timestampedAt === null) ? (['times-claimed'] as const) : []),
    ...(answer === 'added' ? (['added-by-others'] as const) : []),
  ]
  return {
    kind: 'pdf',
    answer,
    problems: verdict.problems.map((code): Finding => ({ code })),
    notes,
    agreement: { title: (contentIn(verdict) ?? version.content).title, version: version.version, hash: version.hash },
    companies: version.content.parties.flatMap(({ company, name }) => {
      const card = companies.get(company)?.card
      return card ? [{ name, fingerprint: fingerprintOf(hub.context.crypto, card.root) }] : []
    }),
    signatures: verdict.signatures.map((one) => ({
      ...checkedSignature(one),
      witnessedAt: seen.get(one.field) ?? null,
    })),
    added,
    replacedBy: replacementsIn(hub, place.runtime, version),
    decision: null,
    approvals: [],
  }
}

/** What this vault knows of the text in a file: where it lies, and which version or round it is. */
interface Located {
  readonly place: Pick<Place, 'runtime' | 'id'>
  readonly version: number
}

function agreementKnownBy(hub: Hub, hash: string | undefined): Located | null {
  for (const place of hash === undefined ? [] : placesOf(hub)) {
    const found = versionsIn(hub, place).find((one) => one.hash === hash)
    if (found) return { place, version: found.version }
  }
  return null
}

function decisionKnownBy(hub: Hub, decision: CheckReport['decision']): Located | null {
  const place = decision && decidedHere(hub, decision.kind, decision.hash)
  return place ? { place, version: decision.round } : null
}

const view = ({ place: { id, runtime }, version }: Located): FileCheckView['known'] => ({
  artifact: id,
  version,
  title: titleOf(runtime, id),
})

/** Fingerprints of the members' roots in a channel. */
function rootsOf(hub: Hub, { runtime }: Located['place']): readonly string[] {
  return [...runtime.members.companies.values()].map(({ card }) => fingerprintOf(hub.context.crypto, card.root))
}

function knownText(hub: Hub, text: Uint8Array): Known | undefined {
  const sha256 = hub.context.paper.sha256(text)
  for (const place of placesOf(hub)) {
    const version = versionsIn(hub, place).find(({ hash }) => hash === sha256)
    if (version && equalText(version.text, text)) return { place, version }
  }
  return undefined
}

function equalText(left: string, right: Uint8Array): boolean {
  try {
    return left === fromUtf8(right) && utf8(left).length === right.length
  } catch {
    return false
  }
}
