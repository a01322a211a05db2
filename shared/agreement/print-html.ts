import { words, type Words } from '#shared/artifacts/words.ts'
import { arabicDigits } from './arabic-numerals.ts'
import { escapeHtml } from './escape-html.ts'
import { clauseHtml } from './print-clause.ts'
import { printDate } from './print-dates.ts'
import { ar, en, facts, hash, heading, pair, pairOf } from './print-parts.ts'
import { pageStyle, POLICY } from './print-style.ts'
import type { PrintedAgreement, PrintedParty, PrintedSignatory } from './printed-agreement.ts'

/** A link to here is where a signature goes: it prints as an annotation with a page and a rectangle. Nobody can own the name. */
export const SIGNATURE_LINK = 'https://sigfield.invalid/'

/** An agreement as a whole HTML document that fetches nothing. Pure: the same agreement gives the same text. */
export function printHtml(agreement: PrintedAgreement): string {
  const { title, reference, parties, clauses, signatories } = agreement
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${POLICY}<title>${escapeHtml(`${title.en} · ${title.ar} · ${reference}`)}</title>
<style>${pageStyle(title, reference)}</style></head><body>
<header><div class="kind">${pairOf(agreement.kind)}</div>${heading(1, title, '')}<div class="facts">${facts(opening(agreement))}</div>${replacesHtml(agreement)}</header>
<section>${heading(2, PARTIES, 'part')}${parties.map(partyHtml).join('')}</section>
<main>${heading(2, CLAUSES, 'part')}${clauses.map(clauseHtml).join('')}</main>
<section class="own-page">${heading(2, SIGNATURES, 'part')}<div class="note">${pairOf(SIGNING)}</div>${signatories.map(signatoryHtml).join('')}</section>
<section class="own-page">${certificateHtml(agreement)}</section>
</body></html>`
}

const PARTIES = words('The parties', 'الأطراف')
const CLAUSES = words('The agreement', 'الاتفاقية')
const SIGNATURES = words('Signatures', 'التوقيعات')
const CERTIFICATE = words('Certificate of this document', 'شهادة هذا المستند')
const TEXT = words('The agreed text', 'النص المتفق عليه')
const SIGNERS = words('Who signs, and the fingerprint of each certificate', 'الموقّعون وبصمة شهادة كل منهم')
const HISTORY = words('How the text came about', 'كيف وصل النص إلى صيغته')

/**
 * The bookmarks of the printed agreement, in the order of its headings. Typesetters take a heading's text from the page, where
 * Arabic words stand in the order of drawing; these are in the order of reading.
 */
export function bookmarksOf({ title, clauses }: PrintedAgreement): readonly string[] {
  const both = (text: Words) => `${text.en} · ${text.ar}`
  const headed = clauses.flatMap(({ number, heading: of }) => (of ? [`${number} ${both(of)}`] : []))
  return [
    both(title),
    both(PARTIES),
    both(CLAUSES),
    ...headed,
    ...[SIGNATURES, CERTIFICATE, TEXT, SIGNERS, HISTORY].map(both),
  ]
}

const SIGNING = words(
  'Each person below signs for the company named beside the signature. The signatures are electronic and lie in this file; a printed copy only shows what they look like.',
  'يوقّع كل شخص مذكور أدناه نيابةً عن الشركة المبيّنة بجانب توقيعه. التوقيعات إلكترونية ومحفوظة داخل هذا الملف، أما النسخة المطبوعة فلا تُظهر إلا شكلها.',
)

function opening({ reference, version, date, prevailing }: PrintedAgreement) {
  const { gregorian, hijri } = printDate(date)
  return [
    { label: words('Reference', 'المرجع'), value: reference },
    { label: words('Version', 'الإصدار'), value: words(String(version), String(version)) },
    { label: words('Date', 'التاريخ'), value: gregorian },
    ...(hijri ? [{ label: words('Hijri date', 'التاريخ الهجري'), value: hijri }] : []),
    {
      label: words('Prevailing text', 'النص المعتمد'),
      value: prevailing === 'ar' ? words('Arabic', 'العربية') : words('English', 'الإنجليزية'),
    },
  ]
}

/** What it replaces, by what nobody can mistake: the other's id and the hash of its text. */
function replacesHtml({ replaces }: PrintedAgreement): string {
  if (!replaces) return ''
  const { artifact, hash: of, title, effectiveOn } = replaces
  const { gregorian, hijri } = printDate(effectiveOn)
  const known = facts([
    { label: words('Replaces', 'تحل محل'), value: title },
    { label: words('In force since', 'السارية منذ'), value: gregorian },
    ...(hijri ? [{ label: words('Hijri date', 'التاريخ الهجري'), value: hijri }] : []),
    { label: words('Id of the replaced agreement', 'معرّف الاتفاقية المستبدلة'), value: artifact },
  ])
  const meaning = words(
    'From the day on which this agreement takes effect it takes the place of the agreement named here, whose text has this SHA-256:',
    'تحل هذه الاتفاقية من يوم سريانها محل الاتفاقية المذكورة هنا، وبصمة نصها وفق خوارزمية SHA-256 هي:',
  )
  return `<div class="facts">${known}</div><div class="note">${pairOf(meaning)}</div>${hash(of)}`
}

function partyHtml({ name, called, facts: known }: PrintedParty): string {
  const title = pair(
    `<strong>${en(name.en)}</strong> <span class="called">(“${en(called.en)}”)</span>`,
    `<strong>${ar(name.ar)}</strong> <span class="called">(«${ar(called.ar)}»)</span>`,
  )
  return `<div class="party">${title}${facts(known)}</div>`
}

function signatoryHtml({ field, company, person, role }: PrintedSignatory): string {
  const who = pair(
    `<strong>${en(person.en)}</strong><br>${en(role.en)}<br>${en(company.en)}`,
    `<strong>${ar(person.ar)}</strong><br>${ar(role.ar)}<br>${ar(company.ar)}`,
  )
  const label = escapeHtml(`Signature of ${person.en} · توقيع ${person.ar}`)
  return `<div class="signatory">${who}<a class="box" aria-label="${label}" href="${SIGNATURE_LINK}${encodeURIComponent(field)}">&nbsp;</a></div>`
}

function certificateHtml({ signatories, versions, contentHash, attachment }: PrintedAgreement): string {
  const people = signatories.map(
    ({ person, role, company, fingerprint }) =>
      `<div class="entry">${pair(`<strong>${en(person.en)}</strong>, ${en(role.en)}<br>${en(company.en)}`, `<strong>${ar(person.ar)}</strong>، ${ar(role.ar)}<br>${ar(company.ar)}`)}${fingerprint ? hash(fingerprint) : ''}</div>`,
  )
  const history = versions.map(({ number, date, by, hash: of }) => {
    const at = printDate(date).gregorian
    return `<div class="entry">${pair(`Version ${number}, ${en(at.en)}<br>${en(by.en)}`, `الإصدار ${arabicDigits(String(number))}، ${ar(at.ar)}<br>${ar(by.ar)}`)}${hash(of)}</div>`
  })
  return [
    heading(2, CERTIFICATE, 'part'),
    `<div class="note">${pairOf(ABOUT(attachment))}</div>`,
    heading(2, TEXT, ''),
    facts([{ label: words('Attached as', 'مرفق باسم'), value: attachment }]),
    hash(contentHash),
    heading(2, SIGNERS, ''),
    ...people,
    heading(2, HISTORY, ''),
    ...history,
  ].join('')
}

const ABOUT = (attachment: string) =>
  words(
    `The agreed text is attached to this file as ${attachment}, in both languages; its SHA-256 and that of every earlier version stand below. The time in a signature's box is the signer's own claim unless a timestamp authority confirmed it. The certificates are issued by the companies themselves: they show that the text is unchanged and which company's key signed it. They are not certificates of a licensed certification provider.`,
    `النص المتفق عليه مرفق بهذا الملف باسم ${attachment} باللغتين، وتظهر أدناه بصمته وبصمة كل إصدار سابق وفق خوارزمية SHA-256. الوقت المذكور في خانة التوقيع هو ما صرّح به الموقّع ما لم تؤكده جهة ختم زمني. أصدرت الشهاداتِ الشركاتُ نفسها، فهي تُثبت أن النص لم يتغير وأي مفتاح شركة وقّعه، وليست شهادات من مقدّم خدمات تصديق مرخّص.`,
  )
