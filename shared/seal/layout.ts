/** Numbers of ENTRY.v1, all in bytes or counts. What exceeds a limit is refused before anything else is read. */
export const RUN_MAGIC = Uint8Array.of(0x4d, 0x54, 0x51, 0x52) // "MTQR"
export const VERSION = 1
/** Suite 1: BLAKE2b-256, Ed25519, XChaCha20-Poly1305 (IETF). */
export const SUITE = 1

export const MAX_RUN = 8 * 1024 * 1024
export const MAX_ENTRIES = 4096
export const MAX_HEADS = 1024
export const MAX_BODY = 1024 * 1024
export const TAG = 16
/** Nesting of lists and maps in a body. */
export const MAX_DEPTH = 32

export const ID = 32
export const FEED = 48
export const SALT = 16
export const NONCE = 24
export const SIGNATURE = 64

export const FLAG_SALT = 1
export const FLAG_HEADS = 2

/** One label per purpose: a hash or signature made for one never stands for another. */
export const LABEL = {
  entry: 'mithaq/entry/v1',
  chain: 'mithaq/chain/v1',
  run: 'mithaq/run/v1',
  file: 'mithaq/sealed-file/v1',
} as const

export const ZERO = new Uint8Array(ID)
