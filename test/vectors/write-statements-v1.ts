import { writeFileSync } from 'node:fs'
import { toHex } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import { acceptAnswer, answerInvitation } from '#shared/membership/answer.ts'
import { writeControl } from '#shared/membership/control.ts'
import { createEpoch } from '#shared/membership/epoch.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { createInvitation } from '#shared/membership/invitation.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { ChannelDefinition, Control } from '#shared/membership/types.ts'
import { definitionHash } from '#shared/membership/workspace.ts'
import { fixed, seededCrypto } from './author.ts'
import { Company, day, fact, NOW } from './company.ts'

/*
 * Writes the vectors of STATEMENTS.v1. Frozen like those of ENTRY.v1; boxes are random by nature, so a second run differs in
 * them: replace no file that is released. `node test/vectors/write-statements-v1.ts`
 */

const crypto = await seededCrypto('statements')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const noura = najd.device('noura', ['founder', 'coo'], {
  authority: { matters: ['supply'], limit: { currency: 'SAR', amount: 100_000_00 }, joint: false, document: null },
})
const layla = hijaz.device('layla', ['coo'])
const genesis = najd.found(noura)
const joining = hijaz.join(layla, genesis)
const consent = signStatement(crypto, 'consent', noura.signing.secretKey, {
  workspace: genesis.workspace, company: najd.card.company, to: 'add', subject: hijaz.card.company, at: NOW,
}) // prettier-ignore
const revocation = hijaz.revoke({ kind: 'device', device: layla.id })
if (revocation.kind !== 'revocation') throw new Error('not a revocation')
const oldRoot = toHex(najd.root.publicKey)
const rotating = new Company(crypto, 'Najd Foods')
const rotation = rotating.rotate()

const statements = [
  { kind: 'issuer', key: oldRoot, ...najd.issuerCertificate },
  { kind: 'root-rotation', key: oldRoot, ...rotation },
  { kind: 'certificate', key: toHex(najd.issuer.publicKey), ...noura.certified.certificate },
  { kind: 'revocation', key: toHex(hijaz.issuer.publicKey), ...revocation.revocation },
  { kind: 'founding', key: noura.id, ...genesis.signed },
  { kind: 'joining', key: layla.id, ...joining },
  { kind: 'consent', key: noura.id, ...consent },
].map(({ kind, key, statement, signature }) => ({ kind, key, statement: toHex(statement), signature: toHex(signature) }))

const definition: ChannelDefinition = {
  name: { en: 'Forecast', ar: 'التوقعات' }, companies: 'all', roles: ['coo', 'founder'], expiresOn: null, nonce: new Uint8Array(16).fill(7),
} // prettier-ignore
const channel = fact(crypto, 0, noura, { kind: 'channel-created', definition: definitionHash(crypto, definition) }).hash
const epoch = createEpoch(crypto, {
  channel: channel as string as never,
  parents: [fixed(crypto, 'parent epoch')],
  recipients: [noura, layla].map((device) => ({ device: device.id, boxKey: device.box.publicKey })),
  earlier: [{ epoch: fixed(crypto, 'parent epoch'), key: crypto.hash('test/parent key') as Uint8Array as never }],
})
const controls: readonly Control[] = [
  { kind: 'channel-created', definition: definitionHash(crypto, definition) },
  epoch.payload,
  { kind: 'channel-defined', definition },
  { kind: 'company-added', joining, consents: [{ device: noura.id, consent }] },
  { kind: 'company-left', company: hijaz.card.company, consents: [] },
  { kind: 'root-rotated', rotation },
  { kind: 'certificate', device: layla.certified },
  revocation,
  { kind: 'ack', heads: [{ feed: `${noura.id}${'00'.repeat(16)}` as never, seq: 3, hash: fixed(crypto, 'head') }] },
  { kind: 'receipt', artifact: fixed<ArtifactId>(crypto, 'artifact').slice(0, 32) as ArtifactId, section: 'own' as never, slice: fixed(crypto, 'slice'), openedAt: NOW },
  { kind: 'slice-key', artifact: fixed<ArtifactId>(crypto, 'artifact').slice(0, 32) as ArtifactId, section: 'slice:1' as never, commitment: crypto.hash('test/commitment'), boxes: epoch.payload.boxes },
]

const addresses = { signalling: ['wss://signal.example'], ice: [{ urls: 'stun:stun.example', username: null, credential: null }], mailbox: null }
const invited = createInvitation(crypto, genesis, { card: najd.card, device: noura.certified, key: noura.signing.secretKey }, addresses, day(7))
const answer = answerInvitation(crypto, invited.invitation, { card: hijaz.card, device: layla.certified, key: layla.signing.secretKey }, NOW)
if (!acceptAnswer(crypto, answer.bytes, { invitation: invited.invitation, used: false, box: noura.box }, NOW).ok) throw new Error('answer')

writeFileSync(
  new URL('statements-v1.json', import.meta.url),
  `${JSON.stringify({
    statements,
    controls: controls.map((control) => ({ kind: control.kind, payload: toHex(encode(writeControl(control))) })),
    workspace: genesis.workspace,
    epoch: { channel, device: layla.id, boxSecret: toHex(layla.box.secretKey), boxPublic: toHex(layla.box.publicKey), key: toHex(epoch.key), earlier: toHex(crypto.hash('test/parent key')) },
    invitation: { at: NOW, link: invited.link, id: toHex(invited.invitation.id), boxSecret: toHex(noura.box.secretKey), boxPublic: toHex(noura.box.publicKey) },
    answer: { bytes: toHex(answer.bytes), company: hijaz.card.company, code: answer.code },
  }, null, 2)}\n`,
)
