import { chromiumPrinter } from '#adapters/printer/chromium.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import { bookmarksOf, printHtml } from '#shared/agreement/print-html.ts'
import { longAgreement } from '#test/agreements/sample-agreement.ts'
import { boxOf, must, PREPARED, WHEN } from '#test/agreements/signed-sample.ts'
import { orderOf, signerOf } from '#test/agreements/two-signers.ts'
import type { BenchRow } from './row.ts'

/** Fills some forty pages. */
const CLAUSES = 84
const ROUNDS = 3

/** Prints forty pages, and prints, prepares and signs them twice, the looks of both signatures printed too; the best of some rounds. */
export async function benchAgreement(): Promise<readonly BenchRow[]> {
  const browser = process.env['MITHAQ_BROWSER']
  if (!browser) throw new Error('needs a Chromium browser')
  const printer = chromiumPrinter(browser)
  const agreement = longAgreement(CLAUSES)
  const signers = [await signerOf(0, 'ecdsa-p256'), await signerOf(1, 'ecdsa-p256')] as const
  let alone = Infinity
  let whole = Infinity
  let size = 0
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    let file = must(await printer.print(printHtml(agreement)))
    const printed = performance.now()
    file = must(await signedPdfs.prepare(file, { ...PREPARED, bookmarks: bookmarksOf(agreement) }))
    for (const index of [0, 1] as const)
      file = must(await signedPdfs.sign(file, orderOf(signers[index], await boxOf(signers[index], index), WHEN[index])))
    alone = Math.min(alone, printed - begun)
    whole = Math.min(whole, performance.now() - begun)
    size = file.length
  }
  const detail = `${alone.toFixed(0)} ms printed, ${whole.toFixed(0)} ms signed twice, ${(size / 1e6).toFixed(1)} MB`
  return [
    {
      name: 'forty pages signed twice, against printed',
      ratio: whole / alone,
      budget: 2.5,
      direction: 'at-most',
      detail,
    },
  ]
}
