import { fieldOf } from '#shared/agreement/signature-field.ts'
import { amountOf, signsAs } from '#shared/agreement/authority.ts'
import { signatureBoxHtml } from '#shared/agreement/signature-box-html.ts'
import { writeContent } from '#shared/artifacts/agreement-content.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { mustPass, type Outgoing } from '../approvals/gate.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, hasLapsed, ownRefusal, versionOf, versionsIn, type Place, type Version } from './agreement.ts'
import { mayEdit, note } from './freeze.ts'
import { fileSayings, keptFile } from './kept-files.ts'
import type { SignOrder, SignRefusal } from './ports.ts'
import { askedAuthority } from './timestamping.ts'
import { ownRevocationList, signingKeys } from './signing-keys.ts'

/** How often a signature is put in anew when others sign at the same moment. */
const MOST_TRIES = 8

/** The signatory that this person is in a version; undefined when they are none, or have signed for it already. */
export function ownSignatory(hub: Hub, version: Version): string | undefined {
  const own = certificateIn(hub.identity.certified)
  const open = version.content.signatories.filter((one) => signsAs(one, own) && !version.signed.has(one.id))
  // Who is named and acts for another who is named signs for themselves first.
  return (open.find(({ person }) => person === own.person) ?? open[0])?.id
}

/**
 * A person signs a text: first their word, as a signed fact that nobody can undo, then their signature in the file. Where somebody
 * else signed the file meanwhile, this signature is put behind theirs, under the word already given. @throws Refused
 */
export async function sign(hub: Hub, artifact: string, hash: string, withoutTimestamp = false): Promise<void> {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  if (version.state !== 'signing') throw new Refused('agreements', version.state)
  if (hasLapsed(hub, version)) throw new Refused('agreements', 'lapsed')
  const signatory = ownSignatory(hub, version)
  if (signatory === undefined) throw new Refused('agreements', 'not-a-signatory')
  const refusal = ownRefusal(hub, place, version.content, signatory)
  if (refusal) throw new Refused('agreements', refusal)
  const signing = signingOf(place, version, signatory)
  mustPass(hub, place.runtime, signing)
  const keys = await signingKeys(hub)
  const certificate = hub.context.paper.sha256(keys.certificate)
  // With the authority asked before the word is given: who finds it silent may wait, or go on without, and has said nothing yet.
  const ready = withoutTimestamp ? undefined : await readySignature(hub, place, version, signatory)
  if (versionOf(hub, place, hash).state !== 'signing') throw new Refused('agreements', 'changed-meanwhile')
  hub.change(() => {
    const signed = { type: 'agreement-signed' as const, artifact: place.id, hash, signatory, certificate }
    writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(signed) }], signing)
    note(hub, place, 'agreement-signed', { version: version.version, hash })
    return undefined
  })
  await signFile(hub, place, hash, { ready, withoutTimestamp })
}

/** What is approved of a signature: whose it is, under which text. */
export const signingOf = (
  { runtime, id, kind }: Place,
  { version, hash, content }: Version,
  signatory: string,
): Outgoing => ({
  commitment: 'sign-agreement',
  artifact: id,
  title: titleOf(runtime, id),
  content: { version, hash, signatory, text: writeContent(content) },
  amount: amountOf(kind, content),
})

/** A person will not sign: the version ends for all. */
export function decline(hub: Hub, artifact: string, hash: string, reason: string): void {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  if (version.state !== 'signing') throw new Refused('agreements', version.state)
  const signatory = ownSignatory(hub, version)
  if (signatory === undefined) throw new Refused('agreements', 'not-a-signatory')
  hub.change(() => {
    const declined = { type: 'agreement-declined' as const, artifact: place.id, hash, signatory, reason }
    writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(declined) }])
    note(hub, place, 'agreement-declined', { version: version.version, hash })
    return undefined
  })
}

interface Ready {
  /** The file that it was put into, by its SHA-256. */
  readonly from: string
  readonly bytes: Uint8Array
}

/** This signature with its timestamp, before anything is said; undefined without an authority, or while the file is not here. */
async function readySignature(hub: Hub, place: Place, version: Version, signatory: string): Promise<Ready | undefined> {
  const ask = askedAuthority(hub)
  const before = ask && keptFile(place.runtime, place.id, version.file, (bytes) => hub.context.paper.sha256(bytes))
  if (!before) return undefined
  return { from: version.file, bytes: must(await signedBy(hub, version, signatory, before, ask), 'agreements') }
}

/** One signature more in the file. */
async function signedBy(
  hub: Hub,
  version: Version,
  signatory: string,
  before: Uint8Array,
  timestamp: SignOrder['timestamp'],
): Promise<Result<Uint8Array, SignRefusal>> {
  const { paper, clock } = hub.context
  const keys = await signingKeys(hub)
  const at = clock.now()
  const named = version.content.signatories.find(({ id }) => id === signatory)
  const party = version.content.parties.find(({ company }) => company === named?.company)
  if (!named || !party) return refuse('field-missing')
  const fingerprint = paper.sha256(keys.certificate)
  const by = certificateIn(hub.identity.certified)
  const person = named.person === by.person ? named.name : inPlaceOf(by.name, named.name)
  const box = { person, role: named.capacity, company: party.name, at, fingerprint }
  const appearance = must(await paper.printer.print(signatureBoxHtml(box)), 'agreements')
  return paper.pdfs.sign(before, {
    field: fieldOf(signatory),
    secret: keys.secret,
    certificate: keys.certificate,
    ca: keys.ca,
    appearance,
    name: by.name.en || by.name.ar,
    reason: `I agree to the text with SHA-256 ${version.hash}`,
    at,
    ...(timestamp && { timestamp }),
  })
}

const isStampRefusal = (refusal: SignRefusal): boolean =>
  refusal === 'timestamp-unavailable' || refusal === 'timestamp-refused'

/**
 * Puts this person's signature into the file if they gave their word and the file does not carry it. The word is given by then: where
 * the authority does not answer, the signature goes in without a timestamp, and the audit says so.
 */
export async function signFile(
  hub: Hub,
  place: Place,
  hash: string,
  { ready, withoutTimestamp = false }: { readonly ready?: Ready | undefined; readonly withoutTimestamp?: boolean } = {},
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const version = versionOf(hub, place, hash)
    const signatory = owed(hub, version)
    if (signatory === undefined) return
    const { paper } = hub.context
    const before = keptFile(place.runtime, place.id, version.file, (bytes) => paper.sha256(bytes))
    // Parts of the file are on their way; when they are here this is tried again.
    if (!before) return
    const keys = await signingKeys(hub)
    const ask = withoutTimestamp ? undefined : askedAuthority(hub)
    let signed: Result<Uint8Array, SignRefusal> =
      ready?.from === version.file ? ok(ready.bytes) : await signedBy(hub, version, signatory, before, ask)
    if (!signed.ok && isStampRefusal(signed.refusal)) {
      signed = await signedBy(hub, version, signatory, before, undefined)
      noteWithoutTimestamp(hub, place, version)
    }
    const after = must(signed, 'agreements')
    // Somebody else's signature may have come into the file meanwhile.
    if (versionOf(hub, place, hash).file !== version.file) continue
    hub.change(() => {
      hub.touch(place.runtime.id)
      const to = paper.sha256(after)
      const base = { sha256: version.file, length: before.length }
      const sayings = fileSayings(place.runtime, place.id, { sha256: to, bytes: after, base })
      const from = version.file
      const signed = {
        type: 'agreement-file-signed' as const,
        artifact: place.id,
        hash,
        signatory,
        from,
        to,
        ca: keys.ca,
      }
      writeIn(hub, place.runtime.id, [...sayings, { kind: 'event', payload: writeArtifactEvent(signed) }])
      note(hub, place, 'agreement-file-signed', { version: version.version, hash })
      return undefined
    })
    return
  }
}

/** How a substitute stands in a signature's box. */
const inPlaceOf = (own: Words, other: Words): Words => ({
  en: `${own.en || own.ar}, for ${other.en || other.ar}`,
  ar: `${own.ar || own.en} نيابةً عن ${other.ar || other.en}`,
})

function noteWithoutTimestamp(hub: Hub, place: Place, { version, hash }: Version): void {
  hub.change(() => {
    note(hub, place, 'signed-without-timestamp', { version, hash })
    return undefined
  })
}

/** The signatory whose word this person gave and whose signature the file lacks. */
function owed(hub: Hub, version: Version): string | undefined {
  if (version.state === 'declined') return undefined
  const { company, person } = certificateIn(hub.identity.certified)
  return version.content.signatories.find(({ id }) => {
    const by = version.signed.get(id)?.by
    return by?.company === company && by.person === person && !version.pages.some((page) => page.signatory === id)
  })?.id
}

/**
 * When everybody has signed and the whole file is here, this company says so once: its entry has every signature in its ancestry, and
 * so proves to third parties that they were made by then.
 */
async function witness(hub: Hub, place: Place, version: Version): Promise<boolean> {
  const { company } = certificateIn(hub.identity.certified)
  const { paper } = hub.context
  const mine = version.content.parties.some((party) => party.company === company)
  if (version.state !== 'signed' || !mine || version.witnessed.has(company) || !mayEdit(hub, place)) return false
  if (!keptFile(place.runtime, place.id, version.file, (bytes) => paper.sha256(bytes))) return false
  const revocations = await ownRevocationList(hub)
  if (versionOf(hub, place, version.hash).witnessed.has(company)) return false
  hub.change(() => {
    hub.touch(place.runtime.id)
    const { hash, file } = version
    const witnessed = { type: 'agreement-witnessed' as const, artifact: place.id, hash, file, revocations }
    writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(witnessed) }])
    return undefined
  })
  return true
}

/** After news: whatever this person has given their word for and a concurrent signature pushed out is put in again. */
export async function catchUp(hub: Hub, places: readonly Place[]): Promise<boolean> {
  let signed = false
  for (const place of places)
    for (const version of versionsIn(hub, place)) {
      if (await witness(hub, place, version)) signed = true
      if (owed(hub, version) === undefined) continue
      await signFile(hub, place, version.hash)
      signed = true
    }
  return signed
}
