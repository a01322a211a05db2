import { Checkbox, Fieldset, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { earlierCredits } from '#shared/agreement/claims.ts'
import type { Measured } from '#shared/artifacts/agreement-claim-event.ts'
import { addMonths, monthOf, type Instant } from '#shared/kernel/time.ts'
import type { ClaimsView } from '#shared/projection/agreement-views.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'

type OnChange = (measured: Measured | null) => void
/** Months that can still be claimed for. */
const MONTHS = 24

/** A whole or hundredfold number that may be empty: what is not said is null, never 0. */
function Figure(props: {
  readonly label: string
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly hundredths?: boolean
  readonly description?: string
}) {
  const { label, value, onChange, hundredths = false, description } = props
  const scale = hundredths ? 100 : 1
  return (
    <NumberInput
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={0}
      max={1e12}
      allowDecimal={hundredths}
      decimalScale={hundredths ? 2 : 0}
      thousandSeparator=","
      clampBehavior="strict"
      value={value === null ? '' : value / scale}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * scale) : null)}
    />
  )
}

type Result = Extract<Measured, { kind: 'service-credit' }>['results'][number]
interface Level {
  readonly reported: boolean
  readonly good: number | null
  readonly total: number | null
  readonly excluded: number | null
}
const UNSAID: Level = { reported: true, good: null, total: null, excluded: null }

/** The levels of a month and its charge. A level that nothing is said about is left out: another window may be its own. */
export function MeasuredLevels({ view, onChange }: { readonly view: ClaimsView; readonly onChange: OnChange }) {
  const { t } = useTranslation('claims')
  const { f } = useLocale()
  const last = addMonths(monthOf(view.today), -1)
  const [month, setMonth] = useState(last)
  const [levels, setLevels] = useState<Readonly<Record<string, Level>>>({})
  const [charge, setCharge] = useState<number | null>(null)
  const [earlier, setEarlier] = useState<number | null>(null)
  const [credited, setCredited] = useState<number | null>(null)
  const standing = earlierCredits(view.claims, month)
  const rows = view.content.tables?.['levels']?.rows ?? []
  const metrics = [...new Set(rows.flatMap(({ cells }) => (typeof cells['metric']?.value === 'string' ? [cells['metric'].value] : [])))] // prettier-ignore
  useEffect(() => {
    const results = Object.entries(levels).flatMap(([metric, { reported, good, total, excluded }]): Result[] => {
      if (!reported) return [{ metric, reported: false as const }]
      return good === null || total === null
        ? []
        : [{ metric, reported: true as const, good, total, excluded: excluded ?? 0 }]
    })
    onChange({
      kind: 'service-credit',
      month,
      results,
      charge,
      earlierCharges: earlier,
      earlierCredits: credited ?? standing,
    })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is measured follows from what is entered alone
  }, [month, levels, charge, earlier, credited, standing])
  const months = Array.from({ length: MONTHS }, (_, back) => addMonths(last, -back)).filter((one) => one >= monthOf(view.content.effectiveOn)) // prettier-ignore
  return (
    <Stack>
      <Select
        label={t('input.month')}
        data={(months.length > 0 ? months : [last]).map((value) => ({ value, label: f.month(value) }))}
        value={month}
        allowDeselect={false}
        onChange={(next) => next && setMonth(next as typeof month)}
      />
      {metrics.map((metric) => {
        const level = levels[metric] ?? UNSAID
        const set = (change: Partial<Level>): void => setLevels({ ...levels, [metric]: { ...level, ...change } })
        return (
          <Fieldset key={metric} legend={metric}>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <Figure label={t('input.good')} value={level.good} onChange={(good) => set({ good })} />
              <Figure label={t('input.total')} value={level.total} onChange={(total) => set({ total })} />
              <Figure label={t('input.excluded')} value={level.excluded} onChange={(excluded) => set({ excluded })} />
            </SimpleGrid>
            <Checkbox
              mt="sm"
              label={t('input.notReported')}
              checked={!level.reported}
              onChange={(event) => set({ reported: !event.currentTarget.checked })}
            />
          </Fieldset>
        )
      })}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Figure hundredths label={t('input.charge')} value={charge} onChange={setCharge} />
        <Figure hundredths label={t('input.earlierCharges')} description={t('input.earlierText')} value={earlier} onChange={setEarlier} />
        <Figure hundredths label={t('input.earlierCredits')} description={t('input.creditsText')} value={credited ?? standing} onChange={setCredited} />
      </SimpleGrid>
    </Stack>
  ) // prettier-ignore
}

const instantOf = (day: string): Instant => Date.parse(`${day}T00:00:00Z`) as Instant

export function MeasuredDelivery({ onChange }: { readonly onChange: OnChange }) {
  const { t } = useTranslation('claims')
  const [order, setOrder] = useState('')
  const [due, setDue] = useState<string | null>(null)
  const [delivered, setDelivered] = useState<string | null>(null)
  const [value, setValue] = useState<number | null>(null)
  const [cause, setCause] = useState<'seller' | 'force-majeure' | 'buyer'>('seller')
  useEffect(() => {
    const said = order.trim() !== '' && due !== null && delivered !== null
    onChange(said ? { kind: 'late-delivery', order: order.trim(), due: instantOf(due), delivered: instantOf(delivered), value, cause } : null) // prettier-ignore
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is measured follows from what is entered alone
  }, [order, due, delivered, value, cause])
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('input.order')} dir="auto" maxLength={200} value={order} onChange={(event) => setOrder(event.currentTarget.value)} />
        <Figure hundredths label={t('input.value')} value={value} onChange={setValue} />
        <DayInput label={t('input.due')} value={due} onChange={setDue} />
        <DayInput label={t('input.delivered')} value={delivered} onChange={setDelivered} />
      </SimpleGrid>
      <Select
        label={t('input.cause')}
        description={cause === 'force-majeure' ? t('input.forceMajeure') : undefined}
        data={(['seller', 'force-majeure', 'buyer'] as const).map((one) => ({ value: one, label: t(`cause.${one}`) }))}
        value={cause}
        allowDeselect={false}
        onChange={(next) => next && setCause(next)}
      />
    </Stack>
  ) // prettier-ignore
}

export function MeasuredIndex({ onChange }: { readonly onChange: OnChange }) {
  const { t } = useTranslation('claims')
  const [base, setBase] = useState<number | null>(null)
  const [now, setNow] = useState<number | null>(null)
  const [source, setSource] = useState('')
  useEffect(() => {
    onChange({ kind: 'price-adjustment', base, now, source: source.trim() })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is measured follows from what is entered alone
  }, [base, now, source])
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Figure hundredths label={t('input.base')} value={base} onChange={setBase} />
      <Figure hundredths label={t('input.now')} value={now} onChange={setNow} />
      <TextInput label={t('input.source')} dir="auto" maxLength={2000} value={source} onChange={(event) => setSource(event.currentTarget.value)} />
    </SimpleGrid>
  ) // prettier-ignore
}
