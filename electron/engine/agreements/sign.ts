import { fieldOf } from '#shared/agreement/signature-field.ts'
import { signsAs } from '#shared/agreement/authority.ts'
import { signatureBoxHtml } from '#shared/agreement/signature-box-html.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, ownRefusal, versionOf, versionsIn, type Place, type Version } from './agreement.ts'
import { mayEdit, note } from './freeze.ts'
import { fileSayings, keptFile } from './kept-files.ts'
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
export async function sign(hub: Hub, artifact: string, hash: string): Promise<void> {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  if (version.state !== 'signing') throw new Refused('agreements', version.state)
  const signatory = ownSignatory(hub, version)
  if (signatory === undefined) throw new Refused('agreements', 'not-a-signatory')
  const refusal = ownRefusal(hub, place.kind, version.content, signatory)
  if (refusal) throw new Refused('agreements', refusal)
  const keys = await signingKeys(hub)
  const certificate = hub.context.paper.sha256(keys.certificate)
  if (versionOf(hub, place, hash).state !== 'signing') throw new Refused('agreements', 'changed-meanwhile')
  hub.change(() => {
    const signed = { type: 'agreement-signed' as const, artifact: place.id, hash, signatory, certificate }
    writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(signed) }])
    note(hub, place, 'agreement-signed', { version: version.version, hash })
    return undefined
  })
  await signFile(hub, place, hash)
}

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

/** Puts this person's signature into the file if they gave their word and the file does not carry it. */
export async function signFile(hub: Hub, place: Place, hash: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const version = versionOf(hub, place, hash)
    const signatory = owed(hub, version)
    if (signatory === undefined) return
    const { paper, clock } = hub.context
    const before = keptFile(place.runtime, place.id, version.file, (bytes) => paper.sha256(bytes))
    // Parts of the file are on their way; when they are here this is tried again.
    if (!before) return
    const keys = await signingKeys(hub)
    const at = clock.now()
    const named = version.content.signatories.find(({ id }) => id === signatory)
    const party = version.content.parties.find(({ company }) => company === named?.company)
    if (!named || !party) return
    const fingerprint = paper.sha256(keys.certificate)
    const by = certificateIn(hub.identity.certified)
    const box = {
      person: named.person === by.person ? named.name : inPlaceOf(by.name, named.name),
      role: named.capacity,
      company: party.name,
      at,
      fingerprint,
    }
    const appearance = must(await paper.printer.print(signatureBoxHtml(box)), 'agreements')
    const after = must(
      await paper.pdfs.sign(before, {
        field: fieldOf(signatory),
        secret: keys.secret,
        certificate: keys.certificate,
        ca: keys.ca,
        appearance,
        name: by.name.en || by.name.ar,
        reason: `I agree to the text with SHA-256 ${hash}`,
        at,
      }),
      'agreements',
    )
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
