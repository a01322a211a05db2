import {
  Alert,
  Badge,
  Button,
  Group,
  Modal,
  ScrollArea,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Table,
  Text,
  Textarea,
} from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { generateNKeysBetween } from 'fractional-indexing'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readPaste, type PasteChoice, type PasteDefect, type PasteReading } from '#shared/initiatives/paste.ts'
import { PASTE_FIELDS, PASTE_KINDS, type PasteKind } from '#shared/initiatives/paste-columns.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import type { Plain } from '#shared/living/register.ts'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { blankRow, useDesk } from './desk.tsx'
import { useShown } from './shown.tsx'
import { writePaste } from './write-paste.ts'

const SHOWN = 50

/** Rows of a spreadsheet into the plan: pasted, looked at, and taken whole or not at all. */
export function Paste({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['plan', 'common'])
  const desk = useDesk()
  const { plan, companies, live } = desk
  const notify = useNotify()
  const [kind, setKind] = useState<PasteKind>('milestones')
  const [text, setText] = useState('')
  const [choice, setChoice] = useState<PasteChoice>({})
  const [update, setUpdate] = useState(true)
  const reading = useMemo(() => {
    if (text.trim() === '') return null
    const milestones = plan.milestones.map(({ id, titleEn, titleAr }) => ({
      id,
      names: [titleEn ?? '', titleAr ?? ''],
    }))
    const existing = {
      milestones,
      risks: plan.risks.map(({ id, text: name }) => ({ id, names: [name ?? ''] })),
      kpis: plan.kpis.map(({ id, metric }) => ({ id, names: [metric ?? ''] })),
      budget: [],
    }[kind]
    const known = {
      companies: companies.map(({ id, name }) => ({ id, names: [name.en, name.ar] })),
      milestones,
      currency: plan.about.currency,
    }
    return readPaste(kind, text, known, existing, choice)
  }, [text, kind, choice, plan, companies])
  const read = reading?.ok ? reading.value : null
  const ready = read !== null && read.rows.length > 0 && read.defects.length === 0 && read.questions.length === 0
  const take = (): void => {
    if (!read || !ready) return
    // One change, sealed as one entry: a crash keeps all of it or nothing.
    const { added, changed } = live.doc.transact(() => writePaste(live, plan, read, update, generateNKeysBetween))
    notify.done(t('paste.taken', { added, changed }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="68rem"
      title={t('paste.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <SegmentedControl
          aria-label={t('paste.into')}
          value={kind}
          onChange={(next) => {
            setKind(next as PasteKind)
            setChoice({})
          }}
          data={PASTE_KINDS.map((value) => ({ value, label: t(`tab.${value}`) }))}
        />
        <Textarea
          label={t('paste.text')}
          description={t('paste.hint')}
          rows={5}
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChoice({})
          }}
        />
        {reading && !reading.ok ? <RefusalAlert refusal={{ module: 'plan', code: reading.refusal }} /> : null}
        {read ? (
          <Columns reading={read} onChoose={(columns) => setChoice({ ...choice, header: read.header, columns })} />
        ) : null}
        {read?.questions.map((question) => (
          <Group key={question} gap="sm">
            <Text fz="sm">{t(`paste.ask.${question}`)}</Text>
            {(question === 'date-order' ? (['dmy', 'mdy'] as const) : (['.', ','] as const)).map((answer) => (
              <Button
                key={answer}
                size="compact-sm"
                variant="default"
                onClick={() =>
                  setChoice({
                    ...choice,
                    ...(answer === 'dmy' || answer === 'mdy' ? { dateOrder: answer } : { decimalMark: answer }),
                  })
                }
              >
                {t(`paste.answer.${answer === '.' ? 'point' : answer === ',' ? 'comma' : answer}`)}
              </Button>
            ))}
          </Group>
        ))}
        {read && read.defects.length > 0 ? <Defects reading={read} /> : null}
        {read && read.rows.length > 0 ? <Preview reading={read} update={update} /> : null}
        {read?.rows.some(({ same }) => same !== null) ? (
          <Switch
            label={t('paste.update')}
            checked={update}
            onChange={(event) => setUpdate(event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={!ready} onClick={take}>
            {read ? t('paste.take', { count: read.rows.length }) : t('paste.takeNone')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** What each pasted column is, as recognised; the person may say otherwise. */
function Columns(props: {
  readonly reading: PasteReading
  readonly onChoose: (columns: readonly (string | null)[]) => void
}) {
  const { t } = useTranslation('plan')
  const label = useLabel()
  const { reading, onChoose } = props
  const fields = PASTE_FIELDS[reading.kind].map(({ field }) => ({
    value: field,
    label: label(fieldsOf(reading.kind)[field]?.label),
  }))
  const now = reading.columns.map(({ field }) => field)
  return (
    <Stack gap={6}>
      {reading.header ? null : <Text fz="sm">{t('paste.noHeader')}</Text>}
      <Group gap="xs" align="flex-end">
        {reading.columns.map(({ title, field }, at) => (
          <Select
            key={at}
            size="xs"
            w={150}
            label={title || t('paste.column', { number: at + 1 })}
            placeholder={t('paste.notUsed')}
            data={fields}
            value={field}
            clearable
            onChange={(next) => onChoose(now.map((old, index) => (index === at ? next : old === next ? null : old)))}
          />
        ))}
      </Group>
    </Stack>
  )
}

function Defects({ reading }: { readonly reading: PasteReading }) {
  const { t } = useTranslation('plan')
  const { defects, columns } = reading
  const where = ({ row, column }: PasteDefect): string =>
    t('paste.where', { row, column: columns[column - 1]?.title || t('paste.column', { number: column }) })
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={t('paste.defects', { count: defects.length })}
    >
      <Stack gap={2} component="ul" style={{ margin: 0, paddingInlineStart: 18, maxHeight: 160, overflow: 'auto' }}>
        {defects.slice(0, SHOWN).map((defect) => (
          <li key={`${defect.row}.${defect.column}.${defect.code}`}>
            <Text fz="sm" component="span">
              <b>{where(defect)}</b> {t(`paste.defect.${defect.code}`)}{' '}
              {defect.value ? <bdi>“{defect.value}”</bdi> : null}
            </Text>
          </li>
        ))}
      </Stack>
    </Alert>
  )
}

function Preview({ reading, update }: { readonly reading: PasteReading; readonly update: boolean }) {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const label = useLabel()
  const { nameOf } = useDesk()
  const shown = useShown()
  const { kind, rows, columns } = reading
  const used = columns.flatMap(({ field }) => (field === null ? [] : [field]))
  const fields = fieldsOf(kind)
  const bad = new Set(reading.defects.map(({ row, column }) => `${row}/${columns[column - 1]?.field ?? ''}`))
  const cell = ({ values, depends }: PasteReading['rows'][number], field: string): string => {
    const model = fields[field]
    if (field === 'depends')
      return f.list((depends ?? []).map((target) => ('id' in target ? nameOf(target.id) : nameIn(reading, target.row))))
    const value = values[field] ?? null
    return value === null || !model
      ? ''
      : shown({ model, set: kind, field, row: { ...blankRow, values } }, value as Plain)
  }
  return (
    <ScrollArea.Autosize mah={260} type="auto" tabIndex={0} role="region" aria-label={t('paste.preview')}>
      <Table stickyHeader style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('paste.row')}</Table.Th>
            {used.map((field) => (
              <Table.Th key={field} scope="col">
                {label(fields[field]?.label)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, SHOWN).map((row) => (
            <Table.Tr key={row.row}>
              <Table.Td>
                {f.number(row.row)}{' '}
                {row.same !== null ? (
                  <Badge size="xs" variant="light" color="sand">
                    {t(update ? 'paste.updates' : 'paste.again')}
                  </Badge>
                ) : null}
              </Table.Td>
              {used.map((field) => (
                <Table.Td
                  key={field}
                  {...(bad.has(`${row.row}/${field}`) ? { bg: 'var(--mantine-color-red-light)' } : {})}
                >
                  <bdi>{cell(row, field)}</bdi>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {rows.length > SHOWN ? <Table.Caption>{t('paste.more', { count: rows.length - SHOWN })}</Table.Caption> : null}
      </Table>
    </ScrollArea.Autosize>
  )
}

const nameIn = ({ rows }: PasteReading, row: number): string => {
  const values = rows.find((one) => one.row === row)?.values
  return String(values?.['titleEn'] ?? values?.['titleAr'] ?? '')
}
