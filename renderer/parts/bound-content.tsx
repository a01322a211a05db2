import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { isoDate } from '#shared/kernel/time.ts'
import classes from './bound-content.module.css'
import { HashBadge } from './hash-badge.tsx'
import { KeyValue } from './key-value.tsx'
import { useLocale } from './locale.ts'

type Fields = Readonly<Record<string, Canonical>>

/** What a fact is called and where it belongs says the card around it. */
const UNSAID: ReadonlySet<string> = new Set(['type', 'artifact', 'schemaVersion', 'workspace', 'id', 'links'])
const MOST = 40

/** The exact content that an approval is bound to, with names where the language has them; nothing of it is left out silently. */
export function BoundContent({ content }: { readonly content: Canonical }) {
  const { t } = useTranslation('approvals')
  const { f, pick } = useLocale()
  const name = useName()
  const amount = (key: string, value: number): string => {
    if (key === 'worth' || key === 'halalas') return f.money(value)
    return key === 'basisPoints' ? f.percent(value / 10_000, 2) : f.number(value)
  }
  const shown = (key: string, value: Canonical): ReactNode => {
    if (value === null || value === '') return '—'
    if (typeof value === 'boolean') return value ? t('yes') : t('no')
    if (typeof value === 'number') return amount(key, value)
    if (typeof value === 'string') return said(value)
    if (value instanceof Uint8Array) return f.bytes(value.length)
    if (Array.isArray(value)) return <Many items={value as readonly Canonical[]} show={(one) => shown(key, one)} />
    const fields = value as Fields
    if (isBilingual(fields)) return <bdi>{pick(fields)}</bdi>
    return (
      <div className={classes.nested}>
        <List fields={fields} name={name} show={shown} />
      </div>
    )
  }
  const said = (text: string): ReactNode => {
    if (/^[0-9a-f]{32,128}$/.test(text)) return <HashBadge hash={text} />
    const day = isoDate(text)
    if (day) return f.date(day)
    const parsed = text.startsWith('{') ? fieldsIn(text) : undefined
    if (parsed)
      return (
        <div className={classes.nested}>
          <List fields={parsed} name={name} show={shown} />
        </div>
      )
    return (
      <Text fz="sm" className={classes.text ?? ''} dir="auto">
        {text}
      </Text>
    )
  }
  const whole =
    typeof content === 'object' && content !== null && !Array.isArray(content) && !(content instanceof Uint8Array) ? (
      <List fields={content as Fields} name={name} show={shown} />
    ) : (
      shown('', content)
    )
  // One region that scrolls, and not one for each long field: each would be a stop of the keyboard.
  return (
    <div className={classes.all} role="region" aria-label={t('card.content')} tabIndex={0}>
      {whole}
    </div>
  )
}

function List(props: {
  readonly fields: Fields
  readonly name: (key: string) => string
  readonly show: (key: string, value: Canonical) => ReactNode
}) {
  const { f } = useLocale()
  const all = Object.entries(props.fields).filter(([key]) => !UNSAID.has(key))
  const items = all.slice(0, MOST).map(([key, value]) => [props.name(key), props.show(key, value)] as const)
  // Two fields that the language calls alike must both be shown.
  const seen = new Map<string, number>()
  return (
    <>
      <KeyValue
        items={items.map(([label, value]) => {
          const times = (seen.get(label) ?? 0) + 1
          seen.set(label, times)
          return [times > 1 ? `${label} ${f.number(times)}` : label, value] as const
        })}
      />
      {all.length > MOST ? <Text fz="sm">+{f.number(all.length - MOST)}</Text> : null}
    </>
  )
}

function Many({ items, show }: { readonly items: readonly Canonical[]; readonly show: (one: Canonical) => ReactNode }) {
  const { f } = useLocale()
  if (items.length === 0) return <>—</>
  return (
    <div>
      {items.slice(0, MOST).map((one, at) => (
        <div key={at}>{show(one)}</div>
      ))}
      {items.length > MOST ? <Text fz="sm">+{f.number(items.length - MOST)}</Text> : null}
    </div>
  )
}

function useName(): (key: string) => string {
  const { i18n, t } = useTranslation('approvals')
  return (key) => {
    const words: unknown = i18n.getResource(i18n.language, 'approvals', `content.${key}`)
    return typeof words === 'string' ? words : t('content.other')
  }
}

const isBilingual = (fields: Fields): fields is { readonly en: string; readonly ar: string } =>
  typeof fields['en'] === 'string' && typeof fields['ar'] === 'string' && Object.keys(fields).length === 2

function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}
