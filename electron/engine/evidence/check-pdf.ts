import { readContent } from '#shared/artifacts/agreement-content.ts'
import type { PdfVerdict } from '#shared/agreement/pdf-verdict.ts'
import { fieldOf } from '#shared/agreement/signature-field.ts'
import { finding, type CheckReport, type CheckedSignature, type Finding, type Note } from '#shared/evidence/report.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ExpectedSigner, Paper, PdfExpectations } from '../agreements/ports.ts'

export interface PdfCheck {
  readonly paper: Pick<Paper, 'pdfs' | 'certificates' | 'sha256'>
  readonly now: Instant
  /** Fingerprints of companies' roots that the reader has from elsewhere, lower-case hex; absent: whatever the file brings. */
  readonly roots?: readonly string[]
  readonly timestampRoots?: readonly Uint8Array[]
}

/**
 * Checks a signed PDF by itself: nothing is known but the file. Who must have signed is read from the text inside the first
 * signature; roots are those that the signatures bring along, so that who the companies are is for the reader to compare.
 */
export async function checkPdf(bytes: Uint8Array, check: PdfCheck): Promise<CheckReport> {
  const whole = await examine(bytes, check)
  if (whole.verdict.valid || whole.verdict.signatures.length === 0) return reportOf(whole, check)
  const within = await signedWithin(bytes, (inner) => examine(inner, check), check.paper.pdfs)
  if (!within) return reportOf(whole, check)
  const report = reportOf(within.inner, check)
  return {
    ...report,
    answer: report.answer === 'holds' ? 'added' : 'fails',
    notes: [...report.notes, 'added-by-others'],
    added: within.added,
  }
}

interface Examined {
  readonly verdict: PdfVerdict
  readonly content: ReturnType<typeof readContent>
  readonly cas: readonly Uint8Array[]
}

async function examine(bytes: Uint8Array, { paper, now, timestampRoots }: PdfCheck): Promise<Examined> {
  const blank: PdfExpectations = { cas: [], revocations: [], now }
  const first = await paper.pdfs.verify(bytes, blank)
  const brought = first.signatures.flatMap(({ parts }) => parts?.others ?? [])
  const cas = [...new Map(brought.map((ca) => [paper.sha256(ca), ca])).values()]
  const content = contentIn(first)
  const signers = content?.signatories.map(({ id }): ExpectedSigner => ({ field: fieldOf(id) }))
  const verdict = await paper.pdfs.verify(bytes, {
    ...blank,
    cas,
    ...(signers && { signers }),
    ...(timestampRoots && { timestampRoots }),
  })
  return { verdict, content, cas }
}

/** The text inside the first signature, when it is an agreement's. */
export function contentIn({ attachment }: PdfVerdict): ReturnType<typeof readContent> {
  try {
    return attachment ? readContent(fromUtf8(attachment.bytes)) : undefined
  } catch {
    return undefined
  }
}

/**
 * The longest beginning of the file that holds by itself, when what was added behind it ends with somebody's signature over all of
 * it: then somebody answers for the addition. What nobody signed stays a change.
 */
export async function signedWithin<T extends { readonly verdict: PdfVerdict }>(
  bytes: Uint8Array,
  examineInner: (inner: Uint8Array) => Promise<T>,
  pdfs: Paper['pdfs'],
): Promise<{ readonly inner: T; readonly length: number; readonly added: CheckReport['added'] } | undefined> {
  const probe = await examineInner(bytes)
  const ends = [...new Set(probe.verdict.signatures.map(({ covers }) => covers))]
    .filter((end) => end > 0 && end < bytes.length)
    .toSorted((a, b) => b - a)
  for (const length of ends) {
    const inner = await examineInner(bytes.subarray(0, length))
    if (!inner.verdict.valid) continue
    const added = await pdfs.added(bytes, length)
    const last = added.at(-1)
    return last?.holds === true && last.reachesEnd ? { inner, length, added } : undefined
  }
  return undefined
}

function reportOf({ verdict, content, cas }: Examined, { paper, roots }: PdfCheck): CheckReport {
  const fingerprints = cas.map((ca) => ({ ca, fingerprint: paper.sha256(ca) }))
  const unreadable = verdict.problems.includes('unreadable')
  const problems: readonly Finding[] = [
    // A file that is no PDF lacks its signers, too: that need not be said.
    ...(unreadable ? (['unreadable'] as const) : verdict.problems).map((code) => finding(code)),
    ...(verdict.attachment && !content ? [finding('text-unreadable')] : []),
    ...fingerprints.flatMap(({ ca, fingerprint }): Finding[] =>
      roots && !roots.includes(fingerprint)
        ? [finding('root-not-expected', paper.certificates.describe(ca)?.company ?? '')]
        : [],
    ),
  ]
  const signatures = verdict.signatures.map(checkedSignature)
  const good = problems.length === 0 && signatures.length > 0 && signatures.every((one) => one.problems.length === 0)
  const notes: readonly Note[] = [
    ...(signatures.length > 0 && !roots ? (['roots-from-file'] as const) : []),
    ...(signatures.length > 0 ? (['revocations-unknown'] as const) : []),
    ...(signatures.some((one) => one.timestampedAt === null) ? (['times-claimed'] as const) : []),
  ]
  return {
    kind: 'pdf',
    answer: unreadable ? 'unreadable' : good ? 'holds' : 'fails',
    problems,
    notes,
    agreement:
      content && verdict.attachment
        ? { title: content.title, version: null, hash: paper.sha256(verdict.attachment.bytes) }
        : null,
    companies: fingerprints.map(({ ca, fingerprint }) => {
      const name = paper.certificates.describe(ca)?.company ?? ''
      return { name: { en: name, ar: name }, fingerprint }
    }),
    signatures,
    added: [],
    replacedBy: [],
    decision: null,
    approvals: [],
  }
}

/** A signature as a report shows it. */
export const checkedSignature = (one: PdfVerdict['signatures'][number]): CheckedSignature => ({
  person: one.person,
  company: one.company,
  fingerprint: one.fingerprint,
  claimedAt: one.claimedAt,
  timestampedAt: one.timestampedAt,
  witnessedAt: null,
  problems: one.problems,
})
