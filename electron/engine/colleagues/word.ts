import { colleagueShareIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { MOST_WORD_BYTES } from '#shared/artifacts/colleague-event.ts'
import { ColleagueShare } from '#shared/artifacts/colleague-share.v1.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { wordFor } from '../identity/enrol.ts'
import { certificateIn } from '../identity/identity.ts'
import { takeUpdate } from '../identity/take-update.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { colleagueDevices } from './covered.ts'

const SENT = 'company-word-sent'
const NONCE = 'company-word-nonce'

/**
 * Tells every device of the company, sealed to it, what an update file would: register, workspaces and keys of its roles. On the
 * device that issues, and only when it differs from what that device was told last. True when something was written.
 */
export function sendWords(hub: Hub, runtime: ChannelRuntime): boolean {
  if (hub.identity.issuer.secret === null) return false
  const { records } = hub.context.vault
  let wrote = false
  for (const { device, certificate } of colleagueDevices(hub, runtime)) {
    const word = wordFor(hub, device)
    if (!word || word.digest === records.get<string>(SENT, device)) continue
    hub.change(() => {
      records.put(SENT, device, word.digest)
      const bytes = word.seal()
      // What is too long for an entry still goes as a file.
      if (bytes.length > MOST_WORD_BYTES) return undefined
      const { artifact, declared } = carrier(hub, runtime)
      const said = writeArtifactEvent({ type: 'company-word', artifact, device, word: bytes })
      writeIn(hub, runtime.id, [...declared, { kind: 'event', payload: said }])
      record(hub.context, {
        kind: 'certificate',
        code: 'company-word-sent',
        actor: '',
        subject: { id: device, name: certificate.name.en },
        detail: { roles: certificate.roles.join(' ') },
      })
      return undefined
    })
    wrote = true
  }
  return wrote
}

/** The artifact under which this person's words to colleagues stand, declared with the first of them. */
export function carrier(hub: Hub, runtime: ChannelRuntime) {
  const { crypto, vault } = hub.context
  const { company, person } = certificateIn(hub.identity.certified)
  const kept = vault.records.get<Uint8Array>(NONCE, 'self')
  const nonce = kept ?? crypto.random(16)
  if (!kept) vault.records.put(NONCE, 'self', nonce)
  const artifact = colleagueShareIdOf(crypto, company, person, nonce)
  const event = { type: 'artifact-created' as const, artifact, artifactType: ColleagueShare.type, nonce, title: { en: '', ar: '' } } // prettier-ignore
  const declared: Saying[] = runtime.facts.declared(artifact) ? [] : [{ kind: 'event', payload: writeArtifactEvent(event) }] // prettier-ignore
  return { artifact, declared }
}

/**
 * Takes the newest word to this device. The issuer's signature in it is what counts; only whoever founded the workspace is
 * listened to, so that nobody else's words can stand in front of theirs.
 */
export function takeWord(hub: Hub, runtime: ChannelRuntime): boolean {
  const { records } = hub.context.vault
  const { device } = hub.identity
  const { person } = runtime.members.genesis.certificate
  const words = runtime.facts.events.flatMap(({ fact, feed, seq, author }) =>
    fact.type === 'company-word' && fact.device === device.id && author.person === person
      ? [{ fact, author, place: `${feed}/${seq}` }]
      : [],
  )
  const taken = records.get<string>('settings', 'company-word')
  const last = words.at(-1)
  if (!last || last.place === taken || hub.identity.issuer.secret !== null) return false
  const dealtWith = (): void => records.put('settings', 'company-word', last.place)
  try {
    takeUpdate(hub, last.fact.word)
    hub.change(() => dealtWith())
    return true
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem
    hub.change(() => {
      dealtWith()
      if (problem.code === 'update-older') return undefined
      const subject = { id: runtime.id, name: '' }
      record(hub.context, { kind: 'refusal', code: problem.code, actor: last.author.name.en, subject, detail: {} })
      return undefined
    })
    return false
  }
}
