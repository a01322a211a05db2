import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probeCsv, readCsv } from '#adapters/files/csv.ts'
import { probeXlsx, readXlsx } from '#adapters/files/xlsx.ts'
import { memoryVaultFiles } from '#adapters/memory/files.ts'
import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { packedHead } from '#adapters/sqlite/pack.ts'
import { settle } from '#engine/vault/anchor.ts'
import { backupHead, readBackupHead } from '#engine/vault/backup.ts'
import { openCompanyKit, sealCompanyKit } from '#engine/vault/company-kit.ts'
import {
  decodeKeyFile,
  encodeKeyFile,
  unwrapWithPassphrase,
  wrapWithPassphrase,
  type KeyFile,
} from '#engine/vault/keys.ts'
import { fromWords, toWords } from '#engine/vault/kit.ts'
import { mayStretch, type VaultTools } from '#engine/vault/tools.ts'
import { DEFAULT_LIMITS } from '#relay/limits.ts'
import { readMessage } from '#relay/signalling.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { workbookParts, zipParts } from '#test/contracts/zip-parts.ts'
import type { Target } from './fuzz.ts'

const crypto = await createCrypto({ allowCheapStretch: true })
const clock = new HandClock()
const tools: VaultTools = {
  crypto, clock, files: memoryVaultFiles(), keychain: noKeychain, cost: { passes: 1, memory: 8_192 }, weakStretch: true,
} // prettier-ignore
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const canonical: Target = {
  name: 'canonical-cbor',
  samples: [encode([1, -2, 0.5, 'x', null, true, new Uint8Array(5), { a: [], bb: { c: 'd' } }])],
  read(input) {
    const value = decode(input)
    if (value.ok && !equal(encode(value.value), input)) throw new Error('taken, and written again to other bytes')
    return value.ok
  },
}

const orders = ledger(regularOrders(1)).slice(0, 1200)
const csv: Target = {
  name: 'csv',
  samples: [
    orders,
    utf8('\ufeffالتاريخ;الصنف\n2026-01-01;"تمر\n""سكري"""\n'),
    new Uint8Array(Buffer.from('\ufeffa\tb\r\n1\t2\r\n', 'utf16le')),
    utf8('a,b\n"1'),
  ],
  read(input) {
    const probed = probeCsv(input, {})
    let rows = 0
    for (const batch of readCsv(input, {})) if (batch.ok) rows += batch.value.rows.length
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256'] as const)
      for (const batch of readCsv(input, { encoding, delimiter: ';', headerRow: 1 })) if (!batch.ok) break
    return probed.ok && rows > 0
  },
}

const cell = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>45000</v></c><c r="C1" s="1"><v>45000.5</v></c></row>'
const xlsx: Target = {
  name: 'xlsx',
  samples: [
    zipParts(workbookParts({ sheets: { Orders: cell + cell.replaceAll('1"', '2"') }, shared: ['<t>SKU</t>'] })),
    // Stored, so that what is bent is the XML and not its compression.
    zipParts(workbookParts({ sheets: { 'طلبات': cell }, shared: ['<t>كمية</t>'] }).map((part) => ({ ...part, stored: true }))),
  ],
  async read(input) {
    const probed = await probeXlsx(input, {})
    let rows = 0
    for await (const batch of readXlsx(input, {})) if (batch.ok) rows += batch.value.rows.length
    return probed.ok && rows > 0
  },
} // prettier-ignore

const words: Target = {
  name: 'kit-words',
  samples: [utf8(toWords(new Uint8Array(32).fill(7)).join(' ')), utf8(toWords(crypto.random(32)).map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n'))],
  read(input) {
    const read = fromWords(text(input))
    if (read.ok && (read.value.length !== 32 || fromWords(toWords(read.value).join(' ')).ok !== true))
      throw new Error('words that do not come back')
    return read.ok
  },
} // prettier-ignore

const vault = crypto.random(16)
const dataKey = crypto.random(32) as SymmetricKey
const wrapped = wrapWithPassphrase(crypto, vault, dataKey, 'a passphrase', { passes: 1, memory: 8_192 })
const keys: KeyFile = {
  format: 'mithaq.keys.v1', vault, next: null,
  current: { passphrase: wrapped, kit: { serial: 1, boxed: crypto.random(96) }, keychain: null },
} // prettier-ignore
const keyFile: Target = {
  name: 'sidecar-keys',
  samples: [encodeKeyFile(keys)],
  read(input) {
    const read = decodeKeyFile(input)
    if (!read) return false
    const wrap = read.current.passphrase
    // A cost beyond the limits is never paid; a dear one within them is not paid here.
    if (!mayStretch(tools, wrap) || wrap.memory > 65_536 || wrap.passes > 2) return true
    const opened = unwrapWithPassphrase(crypto, read.vault, wrap, 'a passphrase')
    if (opened && !equal(opened, dataKey)) throw new Error('another key came out of a bent file')
    return true
  },
}

const anchor: Target = {
  name: 'sidecar-anchor',
  samples: [encode({ format: 'mithaq.anchor.v1', counter: 1, incarnation: new Uint8Array(16) })],
  read(input) {
    const files = memoryVaultFiles()
    const made = files.create('profile', dataKey)
    if (!made.ok) throw new Error(made.refusal)
    settle(crypto, files, 'profile', made.value)
    const honest = files.readSidecar('profile', 'anchor')
    files.writeSidecar('profile', 'anchor', input)
    const found = settle(crypto, files, 'profile', made.value)
    if (found === 'same' && !equal(input, honest ?? new Uint8Array())) throw new Error('a bent anchor is believed')
    return found === 'same'
  },
}

const backup: Target = {
  name: 'backup-head',
  samples: [backupHead(keys, clock.now())],
  read: (input) => readBackupHead(input) !== undefined,
}

const directory = mkdtempSync(join(tmpdir(), 'mithaq-fuzz-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
const packed: Target = {
  name: 'backup-file',
  samples: [Uint8Array.from([...utf8('mithaq-backup.v1\n'), 0, 0, 0, 3, 1, 2, 3, ...new Uint8Array(32), ...utf8('database')])],
  read(input) {
    const path = join(directory, 'packed')
    writeFileSync(path, input)
    return packedHead(path).ok
  },
} // prettier-ignore

const root = crypto.signingPair()
const kit = sealCompanyKit(tools, root, 'شركة', 'a long passphrase of its own')
if (!kit.ok) throw new Error(kit.refusal)
const companyKit: Target = {
  name: 'company-kit',
  samples: [kit.value],
  read(input) {
    const claims = decode(input)
    const { memory, passes } = ((claims.ok ? claims.value : null) ?? {}) as { memory?: unknown; passes?: unknown }
    // Within the limits and dear: a person would wait, the fuzzer does not.
    if ((typeof memory === 'number' && memory > 65_536) || (typeof passes === 'number' && passes > 2)) return false
    const opened = openCompanyKit(tools, input, 'a long passphrase of its own', root.publicKey)
    if (opened.ok && !equal(opened.value.secretKey, root.secretKey))
      throw new Error('another root came out of a bent kit')
    return opened.ok
  },
}

const relay: Target = {
  name: 'relay-message',
  samples: [
    { type: 'subscribe', topics: ['ab'.repeat(32)] }, { type: 'publish', topic: 'x', data: { deep: [1] } }, { type: 'ping' },
    { type: 'unsubscribe', topics: [] },
  ].map((message) => utf8(JSON.stringify(message))),
  read(input) {
    const message = readMessage(Buffer.from(input), DEFAULT_LIMITS)
    if (message?.type === 'publish' && JSON.stringify(message.raw).length > input.length * 6 + 10) throw new Error('grew')
    return message !== undefined
  },
} // prettier-ignore

/** Parsers that meet files: imports, backups, kits, what lies beside the vault; and strangers at the signalling server. */
export const FILE_TARGETS: readonly Target[] = [
  canonical, csv, xlsx, words, keyFile, anchor, backup, packed, companyKit, relay,
] // prettier-ignore
