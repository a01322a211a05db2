import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startChecker } from '#engine/start.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { reportText, verifyWords } from './verify-text.ts'

const USAGE = 2
const SYNTAX = 'npm run verify -- FILE [--lang en|ar] [--root FINGERPRINT]... [--tsa-root CERTIFICATE]... [--json]'
/** A pack's folder: deeper ones, and larger ones, are none. */
const MOST_FILES = 4_096

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string' },
    root: { type: 'string', multiple: true },
    'tsa-root': { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
})
const language = values.lang ?? ((process.env['LC_ALL'] ?? process.env['LANG'] ?? '').startsWith('ar') ? 'ar' : 'en')
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const words = verifyWords(root, language === 'ar' ? 'ar' : 'en')

/** npm runs its commands in the project's folder; what a person types is meant from where they are. */
const here = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path)

process.exitCode = await verify()

/** 0: it holds; 1: it does not, or others added to it; 2: it cannot be read, or was not asked for rightly. */
async function verify(): Promise<number> {
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0 || !['en', 'ar'].includes(language)) {
    process.stderr.write(`${SYNTAX}\n${words.part('usage', { file: 'FILE' })}\n`)
    return USAGE
  }
  const checker = await startChecker()
  const options = {
    now: Date.now() as Instant,
    ...(values.root && { roots: values.root }),
    ...(values['tsa-root'] && { timestampRoots: values['tsa-root'].map((file) => certificateIn(readFileSync(here(file)))) }), // prettier-ignore
  }
  let report
  try {
    report = statSync(here(path)).isDirectory()
      ? await checker.folder(filesIn(here(path)), options)
      : await checker.file(new Uint8Array(readFileSync(here(path))), options)
  } catch (problem) {
    process.stderr.write(`${words.part('noFile')} ${(problem as Error).message}\n`)
    return USAGE
  }
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(words, report))
  return report.answer === 'holds' ? 0 : report.answer === 'unreadable' ? USAGE : 1
}

function filesIn(folder: string): { name: string; bytes: Uint8Array }[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  if (entries.length > MOST_FILES) throw new Error(folder)
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    // A link is listed as what it is, an unlisted file, and not followed.
    if (entry.isDirectory()) return []
    const bytes = entry.isFile() ? new Uint8Array(readFileSync(path)) : new Uint8Array()
    return [{ name: relative(folder, path).replaceAll('\\', '/'), bytes }]
  })
}

/** A certificate as a file holds it: PEM or DER. */
function certificateIn(file: Buffer): Uint8Array {
  const pem = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(file.toString('latin1'))
  return new Uint8Array(pem ? Buffer.from(pem[1] ?? '', 'base64') : file)
}
