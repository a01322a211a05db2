import type { Words } from '#shared/artifacts/words.ts'
import { arabicHtml, leftToRight } from './arabic-numerals.ts'
import { escapeHtml } from './escape-html.ts'

/** Where HTML is made from text: every text goes through one of these. */
export const en = (text: string): string => escapeHtml(text)
export const ar = (text: string): string => arabicHtml(text)

/** English left, Arabic right, whatever the direction around it. Takes HTML. */
export const pair = (left: string, right: string, tag: 'div' | 'span' = 'div', name = 'pair'): string =>
  `<${tag} class="${name}"><${tag} lang="en" dir="ltr">${left}</${tag}><${tag} lang="ar" dir="rtl">${right}</${tag}></${tag}>`

export const pairOf = (text: Words): string => pair(en(text.en), ar(text.ar))

/** A heading of both languages is one heading, so that it is one bookmark. */
export const heading = (level: 1 | 2, text: Words, name: string, number?: Words): string => {
  const counted = (of: string | undefined) => (of === undefined ? '' : `<span class="number">${escapeHtml(of)}</span> `)
  return `<h${level} class="pair ${name}"><span lang="en" dir="ltr">${counted(number?.en)}${en(text.en)}</span> <span lang="ar" dir="rtl">${counted(number?.ar)}${ar(text.ar)}</span></h${level}>`
}

/** The same in both columns, or a value that has no language. */
export const sided = (value: Words | string): Words => (typeof value === 'string' ? { en: value, ar: value } : value)

/** Labels and values, a row of each language beside the other. A value that has no language reads from left to right. */
export const facts = (rows: readonly { readonly label: Words; readonly value: Words | string }[]): string => {
  const row = (label: string, value: string) => `<span class="label">${label}</span><span>${value}</span>`
  return rows
    .map(({ label, value }) => {
      const shown = typeof value === 'string' ? leftToRight(value) : null
      const left = row(en(label.en), shown ?? en(sided(value).en))
      return pair(left, row(ar(label.ar), shown ?? ar(sided(value).ar)), 'div', 'pair fact')
    })
    .join('')
}

/** Hex digits in groups of eight, which may wrap. */
export const hash = (hex: string): string =>
  `<div class="hash" lang="en" dir="ltr">${escapeHtml(hex.match(/.{1,8}/gsu)?.join(' ') ?? '')}</div>`
