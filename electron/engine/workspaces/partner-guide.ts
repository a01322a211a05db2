import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import { GUIDE_AR, GUIDE_EN, type GuideWords } from './partner-guide-words.ts'

/** What the guide says of one invitation. It holds no secret: those are in the invitation's file. */
export interface GuideTerms {
  readonly inviter: Bilingual
  /** Name of the attachment. */
  readonly file: string
  readonly until: Instant
}

/**
 * A page for somebody who has never seen the app, in both languages beside each other, on one sheet of A4. It stands alone: no
 * script, nothing that is fetched, readable in any browser and on paper.
 */
export function partnerGuide(terms: GuideTerms): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(GUIDE_EN.title.replace('{inviter}', () => terms.inviter.en || terms.inviter.ar))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${half(GUIDE_EN, terms, 'en')}
${half(GUIDE_AR, terms, 'ar')}
</main>
</body>
</html>
`
}

function half(words: GuideWords, terms: GuideTerms, language: keyof Bilingual): string {
  const steps = words.steps.map(
    ({ id, title, text }) =>
      `<li data-step="${id}"><h2>${escaped(title)}</h2><p>${marked(text, terms, language)}</p></li>`,
  )
  return `<section lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<h1>${marked(words.title, terms, language)}</h1>
<p class="lead">${marked(words.lead, terms, language)}</p>
<ol>
${steps.join('\n')}
</ol>
<p class="note">${marked(words.note, terms, language)}</p>
</section>`
}

/** One pass over the words, so that nothing in a company's name is taken for a place to fill in, a mark or markup. */
function marked(text: string, { inviter, file, until }: GuideTerms, language: keyof Bilingual): string {
  const places: Readonly<Record<string, string>> = {
    inviter: `<bdi>${escaped(inviter[language] || inviter.en || inviter.ar)}</bdi>`,
    file: `<bdi class="file" dir="ltr">${escaped(file)}</bdi>`,
    until: `<bdi>${dayOf(until, language)}</bdi>`,
  }
  return text.replaceAll(
    /\{(\w+)\}|\[\[([^|\]]+)\|([^\]]+)\]\]|(npm start)/g,
    (_, place: string | undefined, key: string | undefined, name: string | undefined, command: string | undefined) => {
      if (place !== undefined) return places[place] ?? ''
      return name === undefined
        ? `<code dir="ltr">${command ?? ''}</code>`
        : `<b data-words="${key ?? ''}">${escaped(name)}</b>`
    },
  )
}

/** The last whole day, by its name: an hour would be one of a time zone. */
function dayOf(until: Instant, language: keyof Bilingual): string {
  const calendar = language === 'ar' ? 'ar-SA-u-ca-gregory-nu-arab' : 'en-GB'
  return new Intl.DateTimeFormat(calendar, { dateStyle: 'long', timeZone: 'UTC' }).format(until)
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { margin: 0; color: #1d2a26; background: #fff; font: 10pt/1.5 "IBM Plex Sans", "IBM Plex Sans Arabic", "Segoe UI", "Noto Naskh Arabic", Tahoma, Arial, sans-serif }
main { max-width: 190mm; margin: 0 auto; padding: 8mm; display: grid; grid-template-columns: 1fr 1fr; gap: 9mm }
section + section { border-inline-end: 1px solid #d8d2c4; padding-inline-end: 9mm }
h1 { font-size: 15pt; line-height: 1.35; margin: 0 0 3mm; color: #14564a }
h2 { font-size: 10.5pt; margin: 0 0 .5mm }
p { margin: 0 }
.lead { margin-bottom: 4mm }
ol { margin: 0; padding: 0; list-style: none; counter-reset: step }
li { counter-increment: step; position: relative; padding-inline-start: 9mm; margin-bottom: 3.2mm; break-inside: avoid }
li::before { content: counter(step); position: absolute; inset-inline-start: 0; top: .3mm; width: 6mm; height: 6mm; border-radius: 50%; background: #14564a; color: #fff; font-size: 9pt; line-height: 6mm; text-align: center }
[lang=ar] li::before { content: counter(step, arabic-indic) }
b { color: #14564a }
code, .file { font-family: "IBM Plex Mono", Consolas, Menlo, monospace; font-size: 9pt; overflow-wrap: anywhere }
.note { border-inline-start: 3px solid #b4552d; padding-inline-start: 3mm; font-weight: 600 }
@media (max-width: 640px) { main { grid-template-columns: 1fr } section + section { border: 0; padding: 0 } }
@media print { body { font-size: 8.8pt; line-height: 1.42 } h1 { font-size: 13pt } h2 { font-size: 9.5pt } li { margin-bottom: 2.4mm } code, .file { font-size: 8pt } main { padding: 0; max-width: none } }
`
