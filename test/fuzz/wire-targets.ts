import { checkUpdate } from '#adapters/yjs/check-update.ts'
import { SectionDocs } from '#adapters/yjs/section-docs.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { Handshake } from '#engine/links/handshake.ts'
import { readApproval, signApproval } from '#shared/approvals/approval-word.ts'
import { readArtifactEvent, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { readToCarrier, readToEngine, writeToCarrier, writeToEngine } from '#shared/contract/carrier.ts'
import { decodeFromWindow, encodeFromWindow } from '#shared/contract/live.ts'
import { equal, toBase64Url, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { BoxPair, Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, DeviceId, SectionName } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import {
  newChallenge,
  readChallenge,
  readProof,
  readVerdict,
  writeChallenge,
  writeProof,
  writeVerdict,
} from '#shared/mailbox/greeting.ts'
import { acceptAnswer, invitationAnswered } from '#shared/membership/answer.ts'
import { readControl, writeControl } from '#shared/membership/control.ts'
import { readInvitation } from '#shared/membership/invitation.ts'
import { readStatement, verifyStatement, type StatementKind } from '#shared/membership/statement.ts'
import { decodeBody, encodeBody } from '#shared/seal/body.ts'
import { evidenceOf, verifyEvidence } from '#shared/seal/evidence.ts'
import { LABEL } from '#shared/seal/layout.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { readSealedFile, writeSealedFile } from '#shared/seal/sealed-file.ts'
import { readDoc, writeDoc } from '#shared/sync/doc-body.ts'
import { decodeMessage, encodeMessage } from '#shared/sync/message.ts'
import { sectionKey, type UpdateContext } from '#shared/sync/update.ts'
import { MESSAGE_LIMIT, Reassembly, split } from '#ui/carrier/frames.ts'
import { Link } from '#test/properties/network.ts'
import { NOON } from '#test/properties/party.ts'
import { ARTIFACT, JOINT, Peer } from '#test/properties/peer.ts'
import { world } from '#test/properties/sync-world.ts'
import { seededCrypto } from '#test/support/seeded-crypto.ts'
import type { Target } from './fuzz.ts'
import { FILES, hex, RUNS, STATEMENTS } from './vectors.ts'

const crypto = await createCrypto()
const [A, B] = world(seededCrypto(1), ['Noor', 'Sahm']) as [Peer, Peer]
for (let at = 0; at < 6; at++) A.type(JOINT, (writer) => writer.insertText('t', 0, `line ${at}`))

/** What was taken is written again to the same bytes: one content, one byte string. */
function same(written: Uint8Array, input: Uint8Array): true {
  if (!equal(written, input)) throw new Error('taken, and written again to other bytes')
  return true
}

const runs: Target = {
  name: 'run',
  samples: [...RUNS.map(({ run }) => hex(run)), ...[...A.runs.values()].flat().map(({ bytes }) => bytes)],
  read(input) {
    const parsed = parseRun(input)
    // Whole admission, with its chain and signature: a run that nobody signed is never taken.
    const taken = new Peer(crypto, A.genesis, A.id, B.party).take(input)
    if (taken.outcome === 'taken' && !parsed.ok) throw new Error('taken, and not parsed')
    if (parsed.ok) evidenceOf(crypto, parsed.value, parsed.value.firstSeq)
    return taken.outcome === 'taken'
  },
}

const evidence: Target = {
  name: 'evidence',
  samples: RUNS.map(({ run }) => {
    const parsed = parseRun(hex(run))
    if (!parsed.ok) throw new Error(parsed.refusal)
    return evidenceOf(crypto, parsed.value, parsed.value.firstSeq) ?? new Uint8Array()
  }),
  read: (input) => verifyEvidence(crypto, input).ok,
}

const bodies: Target = {
  name: 'body',
  samples: STATEMENTS.controls.map(({ payload }) => {
    const control = decode(hex(payload))
    if (!control.ok) throw new Error('a vector does not decode')
    return encodeBody({ at: NOON, kind: 'control', payload: control.value })
  }),
  read(input) {
    const body = decodeBody(input)
    return body.ok && same(encodeBody(body.value), input)
  },
}

const files: Target = {
  name: 'sealed-file',
  samples: FILES,
  read(input) {
    const file = readSealedFile(crypto, input)
    // Whoever bends a file can hash it again: what follows is then all that stands in the way.
    const body = input.subarray(0, Math.max(0, input.length - 32))
    const rehashed = readSealedFile(crypto, Uint8Array.from([...body, ...crypto.hash(LABEL.file, body)]))
    if (rehashed.ok) for (const frame of rehashed.value.frames) parseRun(frame)
    return file.ok && same(writeSealedFile(crypto, file.value), input)
  },
}

const messages: Target = {
  name: 'sync-message',
  samples: [
    encodeMessage({ type: 'hello', version: 1, channels: [A.id] }),
    encodeMessage({ type: 'frontier', channel: A.id, whole: true, taken: 2, tips: A.channel.index.held() }),
    encodeMessage({ type: 'runs', channel: A.id, runs: [...A.runs.values()].flat().slice(0, 2) }),
    encodeMessage({ type: 'piece', channel: A.id, feed: A.party.feed, lastSeq: 9, at: 0, total: 20, bytes: utf8('part') }),
    encodeMessage({ type: 'need', channel: A.id, feed: A.party.feed, fromSeq: 1 }),
    encodeMessage({ type: 'done', channel: A.id }),
    encodeMessage({ type: 'refused', channel: A.id, code: 'unreadable' }),
  ], // prettier-ignore
  read(input) {
    // A session that was open already meets it, and admission behind the session.
    const link = new Link(A, new Peer(crypto, A.genesis, A.id, B.party))
    link.open()
    link.ends[1].session.handle({ type: 'message', bytes: encodeMessage({ type: 'hello', version: 1, channels: [A.id] }) }) // prettier-ignore
    for (const effect of link.ends[1].session.handle({ type: 'message', bytes: input }))
      if (effect.type === 'take') for (const { bytes } of effect.runs) link.ends[1].peer.take(bytes)
    const message = decodeMessage(input)
    // A hello may carry more than this version knows; all else is exact.
    if (message.ok && message.value.type !== 'hello') same(encodeMessage(message.value), input)
    return message.ok
  },
}

const statements: Target = {
  name: 'statement',
  samples: STATEMENTS.statements.map(({ statement }) => hex(statement)),
  read(input) {
    let taken = false
    for (const { kind, key, signature } of STATEMENTS.statements) {
      const signed = { statement: input, signature: hex(signature) as Signature }
      if (readStatement(kind as StatementKind, signed).ok) taken = true
      verifyStatement(crypto, kind, hex(key) as never, signed)
    }
    return taken
  },
}

const carried = (input: Uint8Array): Canonical | undefined => {
  const value = decode(input)
  return value.ok ? value.value : undefined
}

const controls: Target = {
  name: 'control',
  samples: STATEMENTS.controls.map(({ payload }) => hex(payload)),
  read(input) {
    const payload = carried(input)
    const control = payload === undefined ? undefined : readControl(payload)
    if (control?.ok !== true) return false
    // And through admission, by a member who signs whatever it likes.
    const [peer, other] = [new Peer(crypto, A.genesis, A.id, A.party), new Peer(crypto, A.genesis, A.id, B.party)]
    for (const bytes of A.log) for (const one of [peer, other]) one.take(bytes)
    other.take(peer.seal([{ kind: 'control', payload: payload as Canonical }]))
    return same(encode(writeControl(control.value)), input)
  },
}

const place = { artifact: ARTIFACT, section: JOINT, replica: 3 }
const documents: Target = {
  name: 'doc-body',
  samples: [
    encode(writeDoc([{ ...place, update: Uint8Array.of(1, 2, 3) }])),
    encode(
      writeDoc([
        { ...place, update: { commitment: crypto.hash('test'), nonce: crypto.random(24) as never, box: crypto.random(40) } },
        { artifact: 'ff'.repeat(16) as ArtifactId, section: 'slice:1' as SectionName, replica: 0, update: new Uint8Array() },
      ]),
    ),
  ],
  read(input) {
    const payload = carried(input)
    const read = payload === undefined ? undefined : readDoc(payload)
    return read?.ok === true && same(encode(writeDoc(read.value)), input)
  },
} // prettier-ignore

const CLIENT = 2 ** 52 + 7
const updates: Target = {
  name: 'yjs-update',
  samples: [
    'insert', 'set', 'list', 'remove',
  ].map((kind) => {
    const docs = new SectionDocs()
    const section = sectionKey(ARTIFACT, JOINT)
    return docs.edit(section, CLIENT, (writer) => {
      if (kind === 'insert') writer.insertText('t', 0, 'خطة مشتركة and some text')
      if (kind === 'set') for (let at = 0; at < 4; at++) writer.setKey('m', `k${at}`, { deep: [1, null, { a: 'b' }] })
      if (kind === 'list') writer.insertItems('l', 0, [1, 'two', Uint8Array.of(3)])
      if (kind === 'remove') {
        writer.insertText('t', 0, 'abcdef')
        writer.removeText('t', 1, 2)
      }
    }) as Uint8Array
  }),
  read(input) {
    const context: UpdateContext = { client: CLIENT, nextClock: 0, clockOf: () => 0, depthOf: () => 0 }
    const checked = checkUpdate(input, context)
    if (!checked.ok) return false
    // What passes is applied, leaves nothing pending (it would throw) and reads.
    const docs = new SectionDocs()
    const section = sectionKey(ARTIFACT, JOINT)
    docs.apply(section, [checked.value])
    docs.encodeState(section)
    return true
  },
} // prettier-ignore

const events: Target = {
  name: 'artifact-event',
  samples: [
    encode(writeArtifactEvent({ type: 'artifact-created', artifact: ARTIFACT, artifactType: 'SharedForecast.v1', nonce: new Uint8Array(16), title: { en: 'x', ar: 'س' } })),
    encode(writeArtifactEvent({ type: 'slice-withdrawn', artifact: ARTIFACT, reason: '' })),
    encode(writeArtifactEvent({ type: 'fact-declared', artifact: ARTIFACT, fact: 'sku-discontinued', reference: 'x' })),
  ],
  read(input) {
    const payload = carried(input)
    return payload !== undefined && typeof readArtifactEvent(payload) !== 'string'
  },
} // prettier-ignore

const at = STATEMENTS.invitation.at as Instant
const honest = readInvitation(crypto, STATEMENTS.invitation.link, at)
if (!honest.ok) throw new Error(honest.refusal)
const invitation = honest.value
const invitations: Target = {
  name: 'invitation',
  samples: [linkBytesOf(STATEMENTS.invitation.link)],
  read(input) {
    const read = readInvitation(crypto, input, at)
    // A link is the same bytes in letters, and letters that are no link at all.
    const link = readInvitation(crypto, `mithaq:${toBase64Url(input)}`, at)
    if (read.ok !== link.ok) throw new Error('file and link differ')
    readInvitation(crypto, new TextDecoder().decode(input), at)
    readInvitation(crypto, `mithaq:${new TextDecoder().decode(input)}`, at)
    if (read.ok && read.value.workspace !== invitation.workspace)
      throw new Error('another invitation is taken for ours')
    return read.ok
  },
}
function linkBytesOf(link: string): Uint8Array {
  return new Uint8Array(Buffer.from(link.slice('mithaq:'.length), 'base64url'))
}

const { boxSecret, boxPublic } = STATEMENTS.invitation
const answers: Target = {
  name: 'answer',
  samples: [hex(STATEMENTS.answer.bytes)],
  read(input) {
    invitationAnswered(input)
    const box = { secretKey: hex(boxSecret), publicKey: hex(boxPublic) } as BoxPair
    return acceptAnswer(crypto, input, { invitation, used: false, box }, at).ok
  },
}

const ROOM = 'ab'.repeat(32)
const carrier: Target = {
  name: 'carrier-contract',
  samples: [
    writeToEngine({ say: 'ready' }),
    writeToEngine({ say: 'signalling', room: ROOM, reachable: true }),
    writeToEngine({ say: 'peer', peer: 'p', room: ROOM, initiator: true, local: new Uint8Array(32), remote: new Uint8Array(32) }),
    writeToEngine({ say: 'received', peer: 'p', lane: 'auth', bytes: utf8('x') }),
    writeToEngine({ say: 'gone', peer: 'p' }),
    writeToCarrier({ say: 'open', room: ROOM, password: 'x', signalling: ['ws://x'], iceServers: [{ urls: 'stun:x', username: null, credential: null }] }),
    writeToCarrier({ say: 'send', peer: 'p', lane: 'runs', bytes: utf8('x') }),
  ],
  read(input) {
    const [engine, page] = [readToEngine(input), readToCarrier(input)]
    if (engine.ok) return same(writeToEngine(engine.value), input)
    return page.ok && same(writeToCarrier(page.value), input)
  },
} // prettier-ignore

const frames: Target = {
  name: 'carrier-frames',
  samples: [[...split('runs', new Uint8Array(70_000))], [...split('auth', utf8('hello'))], [...split('mesh', new Uint8Array())]]
    .map((list) => encode(list)),
  read(input) {
    const list = carried(input)
    const reassembly = new Reassembly()
    for (const frame of Array.isArray(list) ? (list as readonly Canonical[]) : [input]) {
      try {
        const whole = reassembly.take(frame instanceof Uint8Array ? frame : input)
        if (whole && whole.message.length > MESSAGE_LIMIT[whole.lane]) throw new Error('longer than its lane allows')
      } catch (problem) {
        // The one thing that it throws, and its caller drops the peer.
        if (!(problem instanceof RangeError)) throw problem
        return false
      }
    }
    return true
  },
} // prettier-ignore

const handshakes: Target = {
  name: 'handshake',
  samples: [
    encode({ version: 1, nonce: new Uint8Array(32) }),
    encode({ device: B.party.device, proof: new Uint8Array(64) }),
    encode({ device: null, proof: new Uint8Array(32) }),
    encode({ refused: true }),
  ],
  read(input) {
    const view = { room: ROOM, initiator: true, local: new Uint8Array(32), remote: new Uint8Array(32).fill(1) }
    const key = new Uint8Array(32).fill(5) as SymmetricKey
    for (const acceptance of [
      { as: 'device', member: (device: DeviceId) => device === B.party.device },
      { as: 'invitation', key },
    ] as const) {
      const credential = { as: 'device', device: A.party.device, secret: A.party.signing.secretKey } as const
      const fresh = new Handshake(crypto, view, credential, acceptance)
      const first = fresh.receive(input)
      const second = fresh.receive(input)
      for (const step of [first, second]) if (step.kind === 'done') throw new Error('a stranger is believed')
      const asked = new Handshake(crypto, view, credential, acceptance)
      asked.receive(encode({ version: 1, nonce: new Uint8Array(32) }))
      if (asked.receive(input).kind === 'done') throw new Error('a stranger is believed')
    }
    return false
  },
}

const nonce = newChallenge(crypto)
const proof = { workspace: A.genesis.workspace, device: B.party.device, host: 'mailbox.example' }
const greetings: Target = {
  name: 'mailbox-greeting',
  samples: [
    writeChallenge(nonce),
    writeProof(crypto, B.party.signing.secretKey, proof, nonce),
    writeVerdict(null),
    writeVerdict('mailbox-version'),
  ],
  read(input) {
    const [challenge, verdict] = [readChallenge(input), readVerdict(input)]
    const read = readProof(crypto, input, { nonce, host: proof.host })
    if (read.ok && read.value.device !== proof.device) throw new Error('a stranger is believed')
    // Signed over another nonce, it proves nothing.
    if (readProof(crypto, input, { nonce: crypto.random(32), host: proof.host }).ok)
      throw new Error('an old proof is believed')
    return challenge.ok || verdict.ok || read.ok
  },
}

const approver = crypto.signingPair(new Uint8Array(32).fill(9))
const approvals: Target = {
  name: 'approval',
  samples: (['close-agreement', 'sign-agreement'] as const).map((commitment) => {
    const [company, device, channel] = ['a1', 'b2', 'c3'].map((two) => two.repeat(32)) as [never, DeviceId, never]
    const about = { channel, artifact: 'd4'.repeat(16) as ArtifactId, version: 2, text: 'e5'.repeat(32) }
    const isClosing = commitment === 'close-agreement'
    const of = { commitment, signatory: isClosing ? null : 'sa', signDays: isClosing ? 30 : null }
    const word = { company, device, decision: 'approved' as const, ...about, ...of, content: 'f6'.repeat(32), at: NOON }
    return signApproval(crypto, approver.secretKey, word).statement
  }),
  read(input) {
    const word = readApproval(input)
    return word !== undefined && same(signApproval(crypto, approver.secretKey, word).statement, input)
  },
}

const windows: Target = {
  name: 'window-frames',
  samples: [
    encodeFromWindow({ kind: 'update', bytes: utf8('update') }),
    encodeFromWindow({ kind: 'present', bytes: utf8('here') }),
    encodeFromWindow({ kind: 'leave' }),
  ],
  read: (input) => decodeFromWindow(input) !== undefined,
}

/** Parsers that meet a partner, a stranger on the network, or a file that came by mail. */
export const WIRE_TARGETS: readonly Target[] = [
  runs, evidence, bodies, files, messages, statements, controls, documents, updates, events, invitations, answers, carrier, frames, handshakes, greetings, approvals, windows,
] // prettier-ignore
