import { fieldOf } from '#shared/agreement/signature-field.ts'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { PackContent, PackSignature } from '#shared/evidence/pack-content.ts'
import { checkApprovals } from '#shared/evidence/check-approvals.ts'
import { Roles } from '#shared/evidence/check-roles.ts'
import { readApproval } from '#shared/approvals/approval-word.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import { statedApprovals } from '../approvals/stated.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { replacementsIn, type Place, type Version } from '../agreements/agreement.ts'
import { titleOf } from '../live/documents.ts'
import { keptFile } from '../agreements/kept-files.ts'
import { ownRevocationList } from '../agreements/signing-keys.ts'
import { certifiedFile } from './keep-certified.ts'
import { gatherEntries } from './gather-entries.ts'
import { certifiedIn, papersOf } from './papers.ts'
import { scanLog, type FoundEvent } from './scan-log.ts'

/** Facts about slices that belong to what was done under an agreement. */
const DISCLOSURES: ReadonlySet<ArtifactEvent['type']> = new Set(['slice-disclosed', 'slice-withdrawn', 'access-ended', 'end-acknowledged']) // prettier-ignore

/** What proves that another agreement was signed by all, and so took this one's place. */
const SIGNATURES: ReadonlySet<ArtifactEvent['type']> = new Set(['agreement-frozen', 'agreement-signed', 'agreement-file-signed']) // prettier-ignore

export interface Gathering {
  readonly signal: { readonly aborted: boolean }
  report(progress: number): void
}

/**
 * All that proves a version signed by all: its file, its entries, those that signed what replaced it, and what was disclosed in its
 * channel since it was closed. Undefined
 * when it was stopped. @throws Refused while parts of the file are missing.
 */
export async function gather(
  hub: Hub,
  place: Place,
  version: Version,
  control: Gathering & { readonly approvals: boolean },
): Promise<PackContent | undefined> {
  const { runtime, id, kind } = place
  const { paper, clock } = hub.context
  const pdf = keptFile(runtime, id, version.file, (bytes) => paper.sha256(bytes))
  if (!pdf) throw new Refused('agreements', 'file-not-here')
  const replacing = new Set<string>(replacementsIn(hub, runtime, version).map(({ hash }) => hash))
  const isOurs = (fact: ArtifactEvent): boolean =>
    fact.artifact === id || (SIGNATURES.has(fact.type) && 'hash' in fact && replacing.has(fact.hash))
  const wanted = (fact: ArtifactEvent): boolean => isOurs(fact) || DISCLOSURES.has(fact.type)
  const log = await scanLog(hub, runtime, wanted, control)
  if (!log) return undefined
  const madeBy = hub.identity.device.id
  const events = log.events.filter(({ fact, at }) => isOurs(fact) || at >= version.frozenAt)
  const certificates = certifiedIn(log.controls, runtime)
  const companyOf = ({ device }: FoundEvent) => certificates.find((one) => one.device === device)?.company
  const entries = gatherEntries(hub, runtime, { ...log, events }, companyOf)
  const own = await ownRevocationList(hub)
  // Our own is made now, and says more than the one that we witnessed with.
  const lists = events.flatMap((event) => {
    const { fact, device } = event
    const told = fact.type === 'agreement-witnessed' && fact.hash === version.hash ? fact.revocations : null
    return told && !(own && device === madeBy) ? [told] : []
  })
  const content: PackContent = {
    madeAt: clock.now(),
    madeBy,
    workspace: runtime.workspace,
    channel: runtime.id,
    artifact: id,
    type: kind.type,
    version: version.version,
    hash: version.hash,
    title: titleOf(runtime, id),
    text: utf8(version.text),
    pdf,
    certified: certifiedFile(hub, place, version) ?? null,
    signatures: await signaturesIn(hub, version, pdf),
    revocationLists: own ? [...lists, own] : lists,
    ...papersOf(runtime, log.controls, [madeBy, ...events.map(({ device }) => device)]),
    log: entries,
    approvals: [],
  }
  return control.approvals ? withApprovals(hub, content) : content
}

/** With what our company states about its approvals of this text. Whatever would not hold when it is checked is left out. */
function withApprovals(hub: Hub, content: PackContent): PackContent {
  const { crypto } = hub.context
  const company = hub.identity.card.company
  let made = content
  for (const { certified, ...word } of statedApprovals(hub, content.artifact, content.hash)) {
    const device = readApproval(word.statement)?.device
    if (!device) continue
    const isThere = made.roles.some((one) =>
      equal(one.certified.certificate.signature, certified.certificate.signature),
    )
    const roles = isThere ? made.roles : [...made.roles, { device, company, certified }]
    const next: PackContent = { ...made, roles, approvals: [...made.approvals, word] }
    const held = new Roles(crypto, next)
    if (held.findings.length === 0 && checkApprovals(crypto, next, held).findings.length === 0) made = next
  }
  return made
}

async function signaturesIn({ context }: Hub, version: Version, pdf: Uint8Array): Promise<readonly PackSignature[]> {
  const verdict = await context.paper.pdfs.verify(pdf, {
    cas: version.pages.map(({ ca }) => ca),
    revocations: [],
    now: context.clock.now(),
  })
  return verdict.signatures.flatMap(({ field, covers, claimedAt, parts }) => {
    const root = version.pages.find(({ signatory }) => fieldOf(signatory) === field)?.ca
    return parts && root ? [{ field, root, certificate: parts.certificate, der: parts.der, from: parts.from, to: parts.to, covers, at: claimedAt ?? context.clock.now() }] : [] // prettier-ignore
  })
}
