import { amountOf, signsAs, standingOf, type Standing } from '#shared/agreement/authority.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type {
  AgreementVersionView, AgreementView, ApprovalGate, PersonView, SignatureView,
} from '#shared/projection/agreement-views.ts' // prettier-ignore
import type { RefusalView } from '#shared/projection/app-views.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { addDays, dateOf, type Instant } from '#shared/kernel/time.ts'
import type { DocumentStanding } from '#shared/projection/today.ts'
import { Refused } from '../edge.ts'
import { lackingFor, obstacleOf } from '../approvals/gate.ts'
import { statedApprovals } from '../approvals/stated.ts'
import { certifiedFile } from '../evidence/keep-certified.ts'
import { witnesses } from '../evidence/witnessed.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import {
  agreementPlace,
  draftOf,
  hasLapsed,
  replacingRefusal,
  ownRefusal,
  versionOf,
  versionsIn,
  type Place,
  type Version,
} from './agreement.ts'
import { closeApproval } from './freeze.ts'
import { claimsView } from './claims.ts'
import { keptFile } from './kept-files.ts'
import { lifeView, SIGN_SOON_DAYS } from './life.ts'
import { mayRemind } from './remind.ts'
import { ownSignatory, signingOf } from './sign.ts'
import { timestampHost } from './timestamping.ts'

/** An agreement with its versions, as the window shows it. */
export function viewOf(hub: Hub, artifact: string): AgreementView {
  const place = agreementPlace(hub, artifact)
  const { runtime, id, kind } = place
  return {
    id,
    type: kind.type,
    workspace: runtime.workspace,
    title: titleOf(runtime, id),
    life: lifeView(hub, place),
    claims: claimsView(hub, place),
    replacing: draftRefusal(hub, place),
    closeApproval: closeApproval(hub, place),
    people: peopleOf(hub, place),
    timestampHost: timestampHost(hub),
    versions: versionsIn(hub, place)
      .map((version) => versionView(hub, place, version))
      .toReversed(),
  }
}

function draftRefusal(hub: Hub, place: Place): RefusalView | null {
  const { agreement, parties } = draftOf(place)
  const replaces = agreement?.values.replaces
  if (!replaces) return null
  const said = { artifact: place.id, replaces, parties: parties.map(({ values }) => values) }
  const refusal = replacingRefusal(hub, place.runtime, said)
  return refusal ? { module: 'agreements', code: refusal } : null
}

/** Closed texts that wait for this person's signature, the first last day of them, and whether somebody reminded of one. */
export function askedToSign(hub: Hub, artifact: string): NonNullable<DocumentStanding['signatures']> {
  const place = agreementPlace(hub, artifact)
  const asked = versionsIn(hub, place).flatMap((version) => {
    const signatory = version.state === 'signing' && !hasLapsed(hub, version) && ownSignatory(hub, version)
    return typeof signatory === 'string' ? [{ version, signatory }] : []
  })
  const [on = null] = asked.flatMap(({ version: { signBy } }) => signBy ?? []).toSorted()
  return {
    count: asked.length,
    on,
    soon: on !== null && on <= addDays(dateOf(hub.context.clock.now()), SIGN_SOON_DAYS),
    reminded: asked.some(({ version, signatory }) => version.reminders.some((one) => one.signatory === signatory)),
  }
}

function peopleOf(hub: Hub, { runtime }: Place): readonly PersonView[] {
  const now = hub.context.clock.now()
  const people = new Map<string, PersonView>()
  for (const device of runtime.members.certificates.keys()) {
    const certificate = certificateOf(runtime.members, device, now)
    if (!certificate) continue
    const { company, person, name, roles } = certificate
    const companyName = runtime.members.companies.get(company)?.card.name ?? { en: '', ar: '' }
    const known = people.get(`${company}/${person}`)
    // Of several devices the one counts that lets its person sign most.
    if (known && (known.signer.authority !== null || certificate.authority === null)) continue
    people.set(`${company}/${person}`, { company, companyName, person, name, roles, signer: certificate })
  }
  return [...people.values()]
}

function versionView(hub: Hub, place: Place, version: Version): AgreementVersionView {
  const { content, state, declined } = version
  const asked = state === 'signing' && !hasLapsed(hub, version) ? ownSignatory(hub, version) : undefined
  const seen = witnesses(place, version)
  const last = version.certified.at(-1)
  const refusal = asked === undefined ? undefined : ownRefusal(hub, place, content, asked)
  return {
    version: version.version,
    hash: version.hash,
    content,
    frozenBy: version.frozenBy.name,
    frozenAt: version.frozenAt,
    signBy: version.signBy,
    lapsed: hasLapsed(hub, version),
    state,
    declined: declined && { name: declined.signatory.name, reason: declined.reason },
    signatures: content.signatories.map((one) => signatureView(hub, place, version, one.id, seen)),
    fileHere: fileOf(hub, place, version) !== undefined,
    certified: last ? { by: last.by.name, at: last.at, here: certifiedFile(hub, place, version) !== undefined } : null,
    ownApprovals: state === 'signed' ? statedApprovals(hub, place.id, version.hash).length : 0,
    ask:
      asked === undefined
        ? null
        : {
            refusal: refusal ? { module: 'agreements', code: refusal } : null,
            approval: signApproval(hub, place, version, asked),
          },
  }
}

function signApproval(hub: Hub, place: Place, version: Version, signatory: string): ApprovalGate | null {
  const signing = signingOf(place, version, signatory)
  const obstacle = obstacleOf(hub, place.runtime, signing)
  const lack = obstacle && lackingFor(hub, place.runtime, signing)
  return lack ? { ...lack, waits: obstacle === 'approval-waits' } : null
}

function signatureView(
  hub: Hub,
  place: Place,
  version: Version,
  id: string,
  seen: ReadonlyMap<string, Instant>,
): SignatureView {
  const { content, signed, pages, declined } = version
  const one = content.signatories.find((each) => each.id === id)
  if (!one) throw new Error('a signatory that the text does not name')
  const own = certificateIn(hub.identity.certified)
  const word = signed.get(id)
  const state = pages.some(({ signatory }) => signatory === id) ? 'signed' : word ? 'word' : declined?.signatory.id === id ? 'declined' : 'waiting' // prettier-ignore
  return {
    signatory: id,
    company: content.parties.find((party) => party.company === one.company)?.name ?? { en: '', ar: '' },
    name: one.name,
    capacity: one.capacity,
    state,
    at: word?.at ?? (state === 'declined' ? (declined?.at ?? null) : null),
    witnessedAt: seen.get(id) ?? null,
    own: signsAs(one, own),
    inPlace: word && word.by.person !== one.person ? word.by.name : null,
    reminded: remindedOf(version, id),
    mayRemind: state === 'waiting' && mayRemind(hub, place, version, id),
    standing: standingIn(hub, place, version, one, word),
  }
}

function remindedOf({ reminders }: Version, signatory: string): SignatureView['reminded'] {
  const all = reminders.filter((one) => one.signatory === signatory)
  const last = all.at(-1)
  return last ? { count: all.length, by: last.by.name, at: last.at } : null
}

/** By the certificate that signed; before that by the best that the channel knows of the person or whoever acts for them. */
function standingIn(
  hub: Hub,
  { runtime, kind }: Place,
  { content }: Version,
  signatory: AgreementContent['signatories'][number],
  word: { readonly by: RoleCertificate; readonly at: Instant } | undefined,
): Standing | null {
  const amount = amountOf(kind, content)
  if (word) return standingOf(word.by, content, amount, word.at)
  const now = hub.context.clock.now()
  const standings = [...runtime.members.certificates.keys()].flatMap((device) => {
    const certificate = certificateOf(runtime.members, device, now)
    return certificate && signsAs(signatory, certificate) ? [standingOf(certificate, content, amount, now)] : []
  })
  return standings.find(({ refusal }) => refusal === null) ?? standings[0] ?? null
}

const fileOf = (hub: Hub, { runtime, id }: Place, version: Version): Uint8Array | undefined =>
  keptFile(runtime, id, version.file, (bytes) => hub.context.paper.sha256(bytes))

/** The file as it stands, with the signatures that it carries. @throws Refused while parts of it are missing. */
export function signedFile(
  hub: Hub,
  artifact: string,
  hash: string,
): { readonly name: string; readonly bytes: Uint8Array } {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  const bytes = fileOf(hub, place, version)
  if (!bytes) throw new Refused('agreements', 'file-not-here')
  return { name: `agreement-${place.id.slice(0, 8)}-v${String(version.version)}.pdf`, bytes }
}

/** The file as a provider's signatures were added to it. @throws Refused while parts of it are missing. */
export function certifiedPdf(
  hub: Hub,
  artifact: string,
  hash: string,
): { readonly name: string; readonly bytes: Uint8Array } {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  const bytes = certifiedFile(hub, place, version)
  if (!bytes) throw new Refused('agreements', 'file-not-here')
  return { name: `agreement-${place.id.slice(0, 8)}-v${String(version.version)}-certified.pdf`, bytes }
}
