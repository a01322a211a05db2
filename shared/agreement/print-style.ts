import type { Words } from '#shared/artifacts/words.ts'
import { cssString } from './escape-html.ts'
import { SIGNATURE_BOX } from './printed-agreement.ts'

/** Arabic first finds its letters, then its spaces and digits: the Latin family is always named beside it. */
const ARABIC = `'Scheherazade New', 'IBM Plex Sans', 'Noto Sans Math'`
const LATIN = `'IBM Plex Sans', 'Scheherazade New', 'Noto Sans Math'`

/** Nothing is fetched, and no script runs, whatever the text contains. */
export const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">`

const BASE = `
* { box-sizing: border-box; margin: 0; padding: 0 }
html { font-family: ${LATIN}; font-size: 9.4pt; line-height: 1.5; color: #16202c; print-color-adjust: exact }
[lang=ar] { font-family: ${ARABIC}; font-size: 12.6pt; line-height: 1.62; direction: rtl; text-align: right }
[lang=en] { direction: ltr; text-align: left }
.kept { white-space: nowrap }
bdi[dir=ltr] { direction: ltr }
[lang=ar] bdi[dir=ltr] { font-size: .82em; font-family: ${LATIN} }
`

/** The style of an agreement's pages: A4, both languages side by side, running heads, numbered pages. */
export function pageStyle(running: Words, reference: string): string {
  const small = `font-size: 7.6pt; color: #5c6673; padding-bottom: 3mm`
  const foot = `font-size: 7.6pt; color: #5c6673; padding-top: 2.5mm; vertical-align: top`
  const arabic = `font-family: ${ARABIC}; font-size: 10pt; line-height: 1.1; direction: rtl`
  return `${BASE}
@page {
  size: A4; margin: 25mm 18mm 22mm;
  @top-left { content: ${cssString(running.en)}; font-family: ${LATIN}; ${small}; text-align: left; vertical-align: bottom; width: 50% }
  @top-right { content: ${cssString(running.ar)}; ${small}; ${arabic}; text-align: right; vertical-align: bottom; width: 50% }
  @bottom-left { content: "Page " counter(page) " of " counter(pages); font-family: ${LATIN}; ${foot}; text-align: left }
  @bottom-center { content: ${cssString(reference)}; font-family: ${LATIN}; ${foot}; text-align: center }
  @bottom-right { content: "صفحة " counter(page, arabic-indic) " من " counter(pages, arabic-indic); ${foot}; ${arabic}; text-align: right }
}
@page :first { @top-left { content: none } @top-right { content: none } }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 10mm; direction: ltr }
.pair > * { overflow-wrap: break-word; hyphens: manual; orphans: 2; widows: 2; min-width: 0 }
header .kind { color: #5c6673; letter-spacing: .04em }
header .kind [lang=ar] { letter-spacing: 0 }
h1 { font-weight: 600; margin: 1mm 0 4mm; align-items: end }
h1 [lang=en] { font-size: 17pt; line-height: 1.25 }
h1 [lang=ar] { font-size: 22pt; line-height: 1.35 }
.facts { border-top: .8pt solid #16202c; border-bottom: .4pt solid #b9c0c9; padding: 2.5mm 0; margin-bottom: 6mm }
.fact > * { display: grid; grid-template-columns: 37mm minmax(0, 1fr); column-gap: 3mm; align-items: baseline }
.fact + .fact { margin-top: .3mm }
.label { color: #5c6673 }
h2 { font-weight: 600; break-after: avoid; margin: 5.5mm 0 1.2mm; align-items: baseline; border: 0 }
h2 [lang=en] { font-size: 10.6pt }
h2 [lang=ar] { font-size: 14pt; line-height: 1.5 }
h2.part { border-bottom: .8pt solid #16202c; padding-bottom: 1mm; margin-bottom: 3mm }
h2.part [lang=en] { font-size: 12.4pt }
h2.part [lang=ar] { font-size: 16pt }
h2 .number { display: inline-block; min-width: 7mm; color: #5c6673; font-weight: 500 }
.text + .text { margin-top: 1.6mm }
.text.listed > * { padding-inline-start: 4.5mm; position: relative }
.text.listed > *::before { content: "–"; position: absolute; inset-inline-start: 0; color: #5c6673 }
.text .number { color: #5c6673; margin-inline-end: 2mm; white-space: nowrap }
.party { margin-bottom: 4mm; break-inside: avoid }
.party strong { font-weight: 600 }
.called { color: #5c6673 }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 1.5mm 0 }
th { font-weight: 600; color: #5c6673; border-bottom: .6pt solid #16202c }
th, td { vertical-align: top; padding: .8mm 1.5mm; border-bottom: .4pt solid #d5dae0; overflow-wrap: break-word; font-size: .92em }
th[lang=ar], td[lang=ar] { font-size: 11.6pt; line-height: 1.5 }
.wide { margin: 2mm 0 3mm; table-layout: auto }
.wide th, .wide td { text-align: start }
.wide[lang=ar] th, .wide[lang=ar] td { font-size: 11.6pt; line-height: 1.5 }
.row { width: 8mm; color: #5c6673 }
th:first-child, td:first-child { padding-left: 0 }
th:last-child, td:last-child { padding-right: 0 }
.between { width: 10mm; border: 0 }
tr { break-inside: avoid }
thead { display: table-header-group }
.own-page { break-before: page }
.note { color: #3c4652; margin-bottom: 4mm }
.signatory { break-inside: avoid; padding: 4mm 0; border-bottom: .4pt solid #d5dae0 }
.signatory .pair { margin-bottom: 2.5mm }
.box { display: block; width: ${SIGNATURE_BOX.width}px; height: ${SIGNATURE_BOX.height}px; border: .6pt solid #8b95a1; border-radius: 1mm; margin: 0 auto; text-decoration: none; color: transparent; font-size: 6pt }
.hash { font-size: 7.8pt; line-height: 1.5; font-feature-settings: "tnum"; direction: ltr; text-align: left; word-spacing: .06em; color: #3c4652 }
.entry { break-inside: avoid; padding: 1.5mm 0; border-bottom: .4pt solid #d5dae0 }
`
}

/** The style of a signature's box: one page of exactly its size. */
export const boxStyle = (width: number, height: number): string => `${BASE}
@page { size: ${width}px ${height}px; margin: 0 }
html, body { width: ${width}px; height: ${height}px; overflow: hidden; font-size: 7.4pt; line-height: 1.32 }
body { padding: 7px 10px; border-inline-start: 3px solid #1f5f8b; display: flex; flex-direction: column; justify-content: space-between; direction: ltr }
[lang=ar] { font-size: 9pt; line-height: 1.26 }
.muted { font-size: .92em }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 8px }
.pair > * { overflow: hidden; overflow-wrap: anywhere; max-height: 76px }
strong { font-weight: 600; font-size: 1.16em }
.muted { color: #4b5563 }
body.long { font-size: 6.4pt }
body.long [lang=ar] { font-size: 7.6pt }
body.longest { font-size: 5.4pt }
body.longest [lang=ar] { font-size: 6.4pt }
.hash { font-size: 5.4pt; line-height: 1.25; color: #4b5563; direction: ltr }
`
