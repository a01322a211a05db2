import { Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { useLocale } from './locale.ts'

/** A number in the language's digits; null is shown as "not available", never as zero. */
export function Num({ value, places }: { readonly value: number | null; readonly places?: number }) {
  const { f } = useLocale()
  const { t } = useTranslation()
  if (value === null) return <span aria-label={t('notAvailable')}>—</span>
  return <span className="tabular">{f.number(value, places)}</span>
}

/** A number with its unit; `signed` shows the direction of a change. */
export function Quantity(props: { readonly value: number | null; readonly unit: string; readonly signed?: boolean }) {
  const { f } = useLocale()
  const { t } = useTranslation()
  if (props.value === null) return <span aria-label={t('notAvailable')}>—</span>
  const sign = props.value < 0 ? '−' : props.signed && props.value > 0 ? '+' : ''
  return (
    <span className="tabular" style={{ whiteSpace: 'nowrap' }}>
      <bdi dir="ltr">
        {sign}
        {f.number(Math.abs(props.value))}
      </bdi>
      {props.unit ? ` ${props.unit}` : ''}
    </span>
  )
}

/** A date or moment: Gregorian, with the Umm al-Qura date beside it in Arabic and on hover otherwise. */
export function When(props: {
  readonly at: Instant | IsoDate
  readonly withTime?: boolean
  readonly ago?: boolean
  readonly both?: boolean
}) {
  const { f, locale } = useLocale()
  const { at } = props
  const hijri = f.hijri(at)
  const full = props.withTime && typeof at === 'number' ? f.moment(at) : f.date(at)
  const shown = props.ago && typeof at === 'number' ? f.ago(at, Date.now() as Instant) : full
  const iso = typeof at === 'string' ? at : new Date(at).toISOString()
  const both = (props.both ?? locale === 'ar') && !props.ago && hijri
  return (
    <Tooltip label={[props.ago ? full : null, hijri].filter(Boolean).join(' · ')} disabled={!hijri}>
      <time dateTime={iso}>
        {shown}
        {both ? (
          <Text span c="dimmed" inherit>
            {' '}
            ({hijri})
          </Text>
        ) : null}
      </time>
    </Tooltip>
  )
}

/** Text that keeps its own direction whatever surrounds it: ids, e-mail, addresses, names of files. */
export function Bidi({ children, mono }: { readonly children: string; readonly mono?: boolean }) {
  return (
    <bdi
      dir="ltr"
      style={
        mono
          ? { fontFamily: 'var(--mantine-font-family-monospace)', wordBreak: 'break-all' }
          : { wordBreak: 'break-word' }
      }
    >
      {children}
    </bdi>
  )
}

/** Roles as one readable list. */
export function RoleNames({ roles }: { readonly roles: readonly Role[] }) {
  const { f } = useLocale()
  const { t } = useTranslation()
  return <>{f.list(roles.map((role) => t(`role.${role}`)))}</>
}
