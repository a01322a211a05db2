import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPrinter } from '#adapters/printer/chromium.ts'

/** The browser that `npm test` found. */
export function browser(): string {
  const found = process.env['MITHAQ_BROWSER']
  if (!found) throw new Error('these tests need a Chromium browser: npm test finds it, or set MITHAQ_BROWSER')
  return found
}

/** Prints with a real browser. */
export async function print(html: string): Promise<Uint8Array> {
  const printed = await chromiumPrinter(browser()).print(html)
  if (!printed.ok) throw new Error(printed.refusal)
  return printed.value
}

/** Runs `work` with a folder that holds `files`, and removes it. */
export function inFolder<T>(files: Readonly<Record<string, Uint8Array>>, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mithaq-pdf-'))
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a program prints about a file; it has to end well. */
export const tell = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })

export const told = (pdf: Uint8Array, program: string, ...args: readonly string[]): string =>
  inFolder({ 'a.pdf': pdf }, (folder) =>
    tell(
      program,
      args.map((arg) => (arg === 'FILE' ? join(folder, 'a.pdf') : arg)),
    ),
  )

/** Exit code and everything printed, for programs that say what is wrong by failing. */
export function outcome(
  program: string,
  args: readonly string[],
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error) throw error
  return { code: status, output: stdout + stderr }
}

/** Names of a PDF's fonts, without the tags of their subsets, with whether each is embedded. */
export const fontsOf = (pdf: Uint8Array): readonly { readonly name: string; readonly embedded: boolean }[] =>
  told(pdf, 'pdffonts', 'FILE')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => ({
      name: line.split(/\s+/)[0]?.replace(/^[A-Z]{6}\+/, '') ?? '',
      embedded: / yes (yes|no) +(yes|no) +\d+ +\d+$/.test(line),
    }))

/** DER as the text that many programs want: lines of 64 letters, and no empty one where they come out even. */
export const pem = (label: 'CERTIFICATE' | 'X509 CRL', der: Uint8Array): Uint8Array => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return Buffer.from([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'))
}
