import type { Canonical } from '#shared/kernel/canonical.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { bytes, id, list, nullable, record, tagged, text, whole, type Shape } from './shape.ts'
import { certifiedDevice, channelDefinition, feedHead, signed } from './statement.ts'
import type { CheckpointParts, Control, EpochBox, GivenConsent } from './types.ts'

const consents = list(record<GivenConsent>({ device: id(32), consent: signed() }), 64)
/** A box of an epoch holds its key, 32 bytes in `crypto_box_seal`; one of a slice holds the key with its label. */
const boxes = (most: number) => list(record<EpochBox>({ device: id(32), box: bytes(80, most) }), 1024)
/** A wrapped key: 24 bytes of nonce, the key, 16 bytes of tag. */
const wrapped = bytes(72)

const control: Shape<Control> = tagged<Control>({
  'channel-created': record({ definition: bytes(32) }),
  'epoch-created': record({
    parents: list(id(32), 256), commitment: bytes(32), boxes: boxes(80), earlier: list(record({ epoch: id(32), wrapped }), 256),
  }),
  'channel-defined': record({ definition: channelDefinition }),
  'company-added': record({ joining: signed(), consents }),
  'company-left': record({ company: id(32), consents }),
  'company-departed': record({ company: id(32), consents, heads: list(feedHead, 1024) }),
  consent: record({ given: record<GivenConsent>({ device: id(32), consent: signed() }) }),
  'root-rotated': record({ rotation: signed() }),
  certificate: record({ device: certifiedDevice }),
  'roles-narrowed': record({ device: certifiedDevice, narrowing: signed() }),
  revocation: record({ revocation: signed(), issuer: nullable(signed()) }),
  ack: record({ heads: list(feedHead, 1024) }),
  receipt: record({ artifact: id(16), section: text(64), slice: id(32), openedAt: whole() }),
  'slice-key': record({ artifact: id(16), section: text(64), commitment: bytes(32), boxes: boxes(128) }),
  checkpoint: record({
    heads: list(feedHead, 1024),
    parts: record<CheckpointParts>({ verdicts: bytes(32), members: bytes(32), epochs: bytes(32), documents: bytes(32) }),
  }),
  'fork-run': record({ run: id(32), at: whole(), total: whole(), bytes: bytes(1, 512 * 1024) }),
}) // prettier-ignore

/** The payload of a `control` entry. */
export const writeControl = (value: Control): Canonical => control.write(value)

/** Reads a payload from another company. An unknown kind is malformed too: the caller parks what may be of a later version. */
export function readControl(payload: Canonical): Result<Control, 'control-malformed'> {
  const read = control.read(payload)
  return read === undefined ? refuse('control-malformed') : ok(read)
}
