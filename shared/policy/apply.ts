import type { Cell } from '#shared/artifacts/table.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import { maskText } from './mask.ts'
import { periodOf, shiftDate } from './period.ts'
import type { FieldTransform } from './transform.ts'

/**
 * The keys behind pseudonyms, hashes and date shifts. They come from a secret of the vault, so that nobody can test a
 * guessed value against a pseudonym: a plain hash of a phone number is not masking, ten digits are tried in seconds.
 */
export interface TransformKeys {
  /** One per workspace: `replace` and `date-shift` are stable inside it and unrelated to those of any other. */
  readonly workspace: SymmetricKey
  /** One per workspace and recipient: `hash`. */
  readonly recipient: SymmetricKey
}

export function transformKeys(
  crypto: Crypto,
  secret: SymmetricKey,
  workspace: string,
  recipient: string,
): TransformKeys {
  const workspaceKey = crypto.derive(secret, 'mithaq.policy.workspace.v1', utf8(workspace))
  return {
    workspace: workspaceKey,
    recipient: crypto.derive(workspaceKey, 'mithaq.policy.recipient.v1', utf8(recipient)),
  }
}

// No vowels and no digits that read as letters: a pseudonym spells no word and no scan takes it for a phone number.
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'

/**
 * Turns a transform into a function of one cell. What it cannot handle (a text where a number belongs, a place that the map
 * does not know) is withheld or put under `other`, never passed through. Missing stays missing.
 */
export function compileTransform(
  transform: FieldTransform,
  column: string,
  crypto: Crypto,
  keys: TransformKeys,
): (cell: Cell) => Cell {
  switch (transform.kind) {
    case 'keep':
      return (cell) => cell
    case 'drop':
    case 'suppress':
      return () => null
    case 'mask':
      return (cell) => (cell === null ? null : maskText(String(cell), transform))
    case 'replace': {
      const key = crypto.derive(keys.workspace, 'mithaq.policy.replace.v1', utf8(column))
      return (cell) => (cell === null ? null : transform.prefix + pseudonym(crypto, key, cell))
    }
    case 'hash': {
      const key = crypto.derive(keys.recipient, 'mithaq.policy.hash.v1', utf8(column))
      return (cell) => (cell === null ? null : toHex(digest(crypto, key, cell).subarray(0, 16)))
    }
    case 'generalise-date':
      return (cell) => (typeof cell === 'string' ? (periodOf(cell, transform.to) ?? null) : null)
    case 'generalise-number':
      return (cell) => (typeof cell === 'number' ? bandOf(cell, transform.edges) : null)
    case 'generalise-place': {
      const regions = new Map(Object.entries(transform.map).map(([place, region]) => [fold(place), region]))
      return (cell) => (cell === null ? null : (regions.get(fold(String(cell))) ?? transform.other))
    }
    case 'round':
      return (cell) => (typeof cell === 'number' ? tidy(Math.round(cell / transform.step) * transform.step) : null)
    case 'bucket':
      return (cell) => {
        if (typeof cell !== 'number') return null
        const from = Math.floor(cell / transform.size) * transform.size
        return `${tidy(from)} – < ${tidy(from + transform.size)}`
      }
    case 'date-shift': {
      const days = shiftOf(crypto, crypto.derive(keys.workspace, 'mithaq.policy.date-shift.v1'), transform.most)
      return (cell) => (typeof cell === 'string' ? (shiftDate(cell, days) ?? null) : null)
    }
  }
}

/** The type goes into the digest, so that the number 1 and the text "1" are two values. */
const digest = (crypto: Crypto, key: SymmetricKey, cell: Exclude<Cell, null>): Uint8Array =>
  crypto.derive(key, 'mithaq.policy.value.v1', utf8(`${typeof cell}:${cell}`))

/** Ten letters of twenty: 43 bits, so that 100,000 values collide with a chance of one in two thousand. */
function pseudonym(crypto: Crypto, key: SymmetricKey, cell: Exclude<Cell, null>): string {
  let text = ''
  for (const byte of digest(crypto, key, cell).subarray(0, 10)) text += ALPHABET.charAt(byte % ALPHABET.length)
  return text
}

/** A secret number of days in ±[1, most]: never 0, which would be `keep`. */
function shiftOf(crypto: Crypto, key: SymmetricKey, most: number): number {
  const [a = 0, b = 0, c = 0, sign = 0] = crypto.derive(key, 'mithaq.policy.days.v1')
  const days = 1 + ((a * 65536 + b * 256 + c) % most)
  return sign % 2 === 0 ? days : -days
}

function bandOf(value: number, edges: readonly number[]): string {
  const above = edges.findIndex((edge) => value < edge)
  if (above === 0) return `< ${edges[0]}`
  if (above < 0) return `≥ ${edges.at(-1)}`
  return `${edges[above - 1]} – < ${edges[above]}`
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
/** Removes the dust of binary fractions, and minus zero, which has no canonical form. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6 + 0
