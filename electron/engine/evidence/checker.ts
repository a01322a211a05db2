import { checkPack } from '#shared/evidence/check-pack.ts'
import { isSafeName, type PackFile } from '#shared/evidence/pack-file.ts'
import { failedCheck, finding, type CheckReport, type Finding } from '#shared/evidence/report.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Paper } from '../agreements/ports.ts'
import { checkPdf } from './check-pdf.ts'

export interface CheckOptions {
  readonly now: Instant
  /** Fingerprints of roots that the reader has from elsewhere; absent: what the file brings is named, to be compared. */
  readonly roots?: readonly string[]
  readonly timestampRoots?: readonly Uint8Array[]
}

/** Checks files from anywhere by themselves. */
export interface Checker {
  /** A signed PDF or a pack, told apart by its first bytes. */
  file(bytes: Uint8Array, options: CheckOptions): Promise<CheckReport>
  /** The files of a pack that somebody has unpacked. */
  folder(files: readonly PackFile[], options: CheckOptions): Promise<CheckReport>
}

export interface CheckerTools {
  readonly crypto: Crypto
  readonly paper: Pick<Paper, 'pdfs' | 'certificates' | 'archives' | 'sha256'>
}

export function checkerOf({ crypto, paper }: CheckerTools): Checker {
  const { pdfs, certificates, archives, sha256 } = paper
  const folder: Checker['folder'] = async (files, options) => {
    const unsafe = files.filter(({ name }) => !isSafeName(name))
    const byName = new Map(files.map(({ name, bytes }) => [name, bytes]))
    const report = await checkPack(byName, {
      crypto,
      sha256,
      verifyPdf: (pdf, expected) => pdfs.verify(pdf, expected),
      added: (pdf, from) => pdfs.added(pdf, from),
      isListOf: (list, roots) => roots.some((root) => certificates.isListOf(list, root)),
      ...options,
      ...(options.roots && { roots: options.roots.map(plain) }),
    })
    return unsafe.length > 0
      ? failing(report, unsafe.map(({ name }) => finding('name-unsafe', name)))
      : report
  } // prettier-ignore
  return {
    folder,
    async file(bytes, options) {
      const { roots } = options
      const pdf = () => checkPdf(bytes, { paper, ...options, ...(roots && { roots: roots.map((one) => one.replaceAll(' ', '').toLowerCase()) }) }) // prettier-ignore
      if (!isZip(bytes)) return pdf()
      const read = archives.read(bytes)
      return read.ok ? folder(read.value, options) : failedCheck([{ code: read.refusal }])
    },
  }
}

/** Every zip begins with its first file. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Fingerprints as people write them: in groups, in any case. */
const plain = (fingerprint: string): string =>
  fingerprint
    .replaceAll(' ', '')
    .toLowerCase()
    .replaceAll(/(.{4})(?=.)/g, '$1 ')

const failing = (report: CheckReport, findings: readonly Finding[]): CheckReport => ({
  ...report,
  answer: 'fails',
  problems: [...findings, ...report.problems],
})
