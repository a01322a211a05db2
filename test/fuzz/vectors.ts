import { readFileSync } from 'node:fs'
import { fromHex } from '#shared/kernel/bytes.ts'
import type { StatementKind } from '#shared/membership/statement.ts'

/** Honest bytes of the frozen formats: what hostile inputs are made from. */
const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8')) as T
export const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text)
  if (bytes === undefined) throw new Error('not hex')
  return bytes
}

interface Statements {
  readonly statements: readonly { kind: StatementKind; key: string; statement: string; signature: string }[]
  readonly controls: readonly { kind: string; payload: string }[]
  readonly invitation: { at: number; link: string; boxSecret: string; boxPublic: string }
  readonly answer: { bytes: string }
}
export const STATEMENTS = read<Statements>('statements-v1.json')
export const RUNS = read<{ readonly runs: readonly { key: string; run: string }[] }>('entry-v1-runs.json').runs
export const FILES = read<readonly { readonly file: string }[]>('sealed-file-v1.json').map(({ file }) => hex(file))
