import type { Words } from '#shared/artifacts/words.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { escapeHtml } from './escape-html.ts'
import { printMoment } from './print-dates.ts'
import { ar, en, pair } from './print-parts.ts'
import { boxStyle, POLICY } from './print-style.ts'
import { SIGNATURE_BOX } from './printed-agreement.ts'

export interface SignatureBox {
  readonly person: Words
  readonly role: Words
  readonly company: Words
  /** The time that the signer claims. */
  readonly at: Instant
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
}

/** What a signature shows in its box, as an HTML document of one page of exactly that size. */
export function signatureBoxHtml({ person, role, company, at, fingerprint }: SignatureBox): string {
  const moment = printMoment(at)
  const side = (of: 'en' | 'ar', signed: string) => {
    const write = of === 'en' ? en : ar
    return `<span class="muted">${signed}</span><br><strong>${write(person[of])}</strong><br>${write(role[of])}<br>${write(company[of])}`
  }
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${POLICY}<title>${escapeHtml(person.en)}</title>
<style>${boxStyle(SIGNATURE_BOX.width, SIGNATURE_BOX.height)}</style></head><body${size(person, role, company)}>
${pair(side('en', 'Electronically signed by'), side('ar', 'وقّعه إلكترونيًا'))}
${pair(`<span class="muted">${en(moment.en)}</span>`, `<span class="muted">${ar(moment.ar)}</span>`)}
<div class="hash">SHA-256 ${escapeHtml(fingerprint.match(/.{1,8}/gsu)?.join(' ') ?? '')}</div>
</body></html>`
}

/** Letters that fit on one line of a column, about: a name set in bold has fewer. */
const LINE = 25

/** Long names are set smaller rather than cut off. */
function size(...texts: readonly Words[]): string {
  const lines = (['en', 'ar'] as const).map((of) =>
    texts.reduce((sum, text) => sum + Math.ceil(text[of].length / LINE), 0),
  )
  const most = Math.max(...lines)
  return most <= 4 ? '' : ` class="${most <= 6 ? 'long' : 'longest'}"`
}
