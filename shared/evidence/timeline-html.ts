import { fieldOf } from '#shared/agreement/signature-field.ts'
import { printDate, printMoment } from '#shared/agreement/print-dates.ts'
import { facts, hash, heading, pair, pairOf } from '#shared/agreement/print-parts.ts'
import { escapeHtml } from '#shared/agreement/escape-html.ts'
import type { AgreementVersion } from '#shared/agreement/state.ts'
import { readArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { CheckedEntry } from './check-log.ts'
import type { PackContent } from './pack-content.ts'
import type { CheckedApproval } from './report.ts'
import { factWords, TIMELINE_WORDS } from './timeline-words.ts'

const words = TIMELINE_WORDS
/** No script, nothing from elsewhere: a page that opens anywhere and asks for nothing. */
const POLICY = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`
const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem 4rem;font:16px/1.6 system-ui,"Segoe UI",Tahoma,sans-serif}
h1,h2{font-weight:600;line-height:1.3}h1{font-size:1.6rem;margin:0 0 1rem}h2{font-size:1.15rem;margin:2.25rem 0 .75rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}.pair>*{min-width:0}
.note{border:2px solid #b4690e;border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1.5rem}
.card{border:1px solid color-mix(in srgb,currentColor 22%,transparent);border-radius:.5rem;padding:.75rem 1rem;margin:0 0 .75rem}
.fact>*{display:flex;flex-wrap:wrap;gap:.15rem .6rem}.name{font-weight:600}.lead{margin:0 0 .9rem}.label,.muted{opacity:.72}.label::after{content:":"}
.hash{font:.8rem/1.5 ui-monospace,Consolas,monospace;overflow-wrap:anywhere;opacity:.8}
time{font-variant-numeric:tabular-nums}ol{list-style:none;padding:0;margin:0}li{border-inline-start:3px solid #2f6f4f;padding:.1rem 1rem .6rem}
@media(max-width:40rem){.pair{grid-template-columns:1fr;gap:.25rem}}
@media print{body{max-width:none;padding:0}.card,li{break-inside:avoid}}`

/** A pack for reading, both languages side by side. It says of itself that it proves nothing. */
export function timelineHtml(
  crypto: Crypto,
  content: PackContent,
  version: AgreementVersion<RoleCertificate>,
  { entries, approvals }: { readonly entries: readonly CheckedEntry[]; readonly approvals: readonly CheckedApproval[] },
): string {
  const { title, hash: textHash, madeAt } = content
  const made = printDate(dateOf(madeAt))
  const both = (gregorian: string, hijri: string | undefined) => (hijri === undefined ? gregorian : `${gregorian} · ${hijri}`) // prettier-ignore
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">${POLICY}<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(`${title.en} · ${title.ar}`)}</title><style>${STYLE}</style></head><body>
<div class="muted">${pairOf(words.heading)}</div>
${heading(1, title, 'title')}
<div class="note">${pairOf(words.proof)}</div>
<div class="card">${facts([
    { label: words.version, value: counted(content.version) },
    {
      label: words.made,
      value: {
        en: both(made.gregorian.en, made.hijri?.en),
        ar: both(made.gregorian.ar, made.hijri?.ar),
      },
    },
  ])}${pairOf(words.text)}${hash(textHash)}</div>
${heading(2, words.parties, 'part')}
${version.content.parties.map(({ name, company }) => party(crypto, content, company, name)).join('\n')}
${heading(2, words.signatures, 'part')}
<div class="lead">${pairOf(words.kind)}</div>
${version.content.signatories.map((one) => signatory(one, version, entries)).join('\n')}
${content.certified ? `<div class="card">${pairOf(words.certified)}</div>` : ''}
${approvals.length > 0 ? approvalsPart(version, approvals) : ''}${heading(2, words.timeline, 'part')}
<div class="muted lead">${pairOf(words.clock)}</div>
<ol>${happenings(version, entries).join('\n')}</ol>
</body></html>
`
}

function party(crypto: Crypto, { companies }: PackContent, company: string, name: Words): string {
  const root = companies.find((one) => one.company === company)?.roots.at(-1)
  return `<div class="card">${pairOf(name)}${root ? `<div class="muted">${pairOf(words.root)}</div>${`<div class="hash" lang="en" dir="ltr">${escapeHtml(fingerprintOf(crypto, root))}</div>`}` : ''}</div>`
}

type Signatory = AgreementVersion<RoleCertificate>['content']['signatories'][number]

function signatory(
  { id, name, capacity, company }: Signatory,
  { signed, content, hash: textHash }: AgreementVersion<RoleCertificate>,
  entries: readonly CheckedEntry[],
): string {
  const word = signed.get(id)
  const stated = entries.find(({ said }) => {
    const fact = said?.body.kind === 'event' ? readArtifactEvent(said.body.payload) : undefined
    return (
      typeof fact === 'object' &&
      fact.type === 'agreement-file-signed' &&
      fact.hash === textHash &&
      fieldOf(fact.signatory) === fieldOf(id)
    )
  })
  const party = content.parties.find((one) => one.company === company)?.name
  const seen = stated?.witnessedAt ?? null
  return `<div class="card"><div class="name">${pairOf(name)}</div>${pairOf({ en: [capacity.en, party?.en].filter(Boolean).join(' · '), ar: [capacity.ar, party?.ar].filter(Boolean).join(' · ') })}
${facts([
  ...(word ? [{ label: words.word, value: printMoment(word.at) }] : []),
  { label: words.seen, value: seen === null ? words.notSeen : printMoment(seen) },
])}${word ? `<div class="muted">${pairOf(words.certificate)}</div>${hash(word.certificate)}` : ''}</div>`
}

function approvalsPart({ content }: AgreementVersion<RoleCertificate>, approvals: readonly CheckedApproval[]): string {
  const nameOf = (company: string) => content.parties.find((one) => one.company === company)?.name ?? { en: '', ar: '' }
  const cards = approvals.map(
    ({ person, company, commitment, at }) =>
      `<div class="card"><div class="name">${pairOf(words.approvalOf[commitment])}</div>${pairOf({ en: [person.en, nameOf(company).en].filter(Boolean).join(' · '), ar: [person.ar, nameOf(company).ar].filter(Boolean).join(' · ') })}${timed(printMoment(at))}</div>`,
  )
  return `${heading(2, words.approvals, 'part')}<div class="lead">${pairOf(words.approvalsOwn)}</div>${cards.join('\n')}`
}

function happenings(version: AgreementVersion<RoleCertificate>, entries: readonly CheckedEntry[]): readonly string[] {
  const nameOf = (company: string) => version.content.parties.find((one) => one.company === company)?.name
  return entries
    .flatMap(({ said, folder }) => (said?.body.kind === 'event' ? [{ said, folder }] : []))
    .toSorted((left, right) => left.said.body.at - right.said.body.at)
    .flatMap(({ said, folder }) => {
      const fact = readArtifactEvent(said.body.payload)
      if (typeof fact === 'string') return []
      const { name, company } = said.author
      const isOther = 'hash' in fact && fact.artifact !== version.content.artifact
      const told = isOther ? words.replacing(factWords(fact.type)) : factWords(fact.type)
      const who = { en: [name.en, nameOf(company)?.en].filter(Boolean).join(' · '), ar: [name.ar, nameOf(company)?.ar].filter(Boolean).join(' · ') } // prettier-ignore
      const reminded = fact.type === 'agreement-reminded' && version.content.signatories.find(({ id }) => id === fact.signatory) // prettier-ignore
      const about = reminded
        ? reminded.name
        : 'title' in fact
          ? fact.title
          : 'reason' in fact
            ? { en: fact.reason, ar: fact.reason }
            : null
      return [
        `<li>${timed(printMoment(said.body.at))}<div class="name">${pairOf(told)}</div>${pairOf(who)}${about ? `<div class="muted">${pairOf(about)}</div>` : ''}<div class="muted">${pair(`${words.entry.en} <bdi>${folder}</bdi>`, `${words.entry.ar} <bdi>${folder}</bdi>`)}</div></li>`,
      ]
    })
}

/** A number in the digits of either language. */
const counted = (number: number): Words => ({
  en: String(number),
  ar: new Intl.NumberFormat('ar-SA-u-nu-arab', { useGrouping: false }).format(number),
})

const timed = (moment: Words): string =>
  pair(`<time class="muted">${escapeHtml(moment.en)}</time>`, `<time class="muted">${escapeHtml(moment.ar)}</time>`)
