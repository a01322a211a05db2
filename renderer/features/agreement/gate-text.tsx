import { Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '#shared/agreement/gates.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What one gate asks for, in words. */
export function useGateText(): (gate: Gate) => string {
  const { t } = useTranslation('agreement')
  const { f, pick } = useLocale()
  const { kind, agreement, draft } = useDesk()
  const tableName = (table: string): string => (kind.tables[table] ? pick(kind.tables[table].label) : table)
  const rowOf = ({ table, row }: { readonly table: string; readonly row: number }) => ({
    table: tableName(table),
    row: f.number(row),
  })
  return (gate) => {
    switch (gate.code) {
      case 'conflicts':
        return t('gate.conflicts', { count: gate.count })
      case 'term-missing':
        return t('gate.term-missing', { term: kind.terms[gate.term] ? pick(kind.terms[gate.term]!.label) : gate.term })
      case 'role-missing':
        return t('gate.role-missing', { role: kind.roles[gate.role] ? pick(kind.roles[gate.role]!) : gate.role })
      case 'table-too-short':
        return t('gate.table-too-short', { table: tableName(gate.table), count: gate.least })
      case 'table-unplaced':
        return t('gate.table-unplaced', { table: tableName(gate.table) })
      case 'row-incomplete': {
        const columns = gate.columns.flatMap((name) => kind.tables[gate.table]?.columns[name]?.label ?? [])
        return t('gate.row-incomplete', { ...rowOf(gate), columns: f.list(columns.map(pick)) })
      }
      case 'row-unequal':
      case 'row-out-of-step':
      case 'row-late-payment-charge':
        return t(`gate.${gate.code}`, rowOf(gate))
      case 'nobody-signs':
        return t('gate.nobody-signs', {
          company: pick(
            agreement.people.find(({ company }) => company === gate.company)?.companyName ?? { en: '', ar: '' },
          ),
        })
      case 'party-incomplete':
      case 'registration-expired':
      case 'signatory-incomplete': {
        const rows = gate.code === 'signatory-incomplete' ? draft.signatories : draft.parties
        const name = rows.find(({ id }) => id === gate.record)?.values.name
        return t(`gate.${gate.code}`, { name: name ? pick(name) : '' })
      }
      case 'unfilled':
        return t('gate.unfilled', {
          number: f.number(gate.number),
          names: f.list(gate.names.map((name) => `{${name}}`)),
        })
      case 'arabic-missing':
      case 'english-missing':
        return t(`gate.${gate.code}`, { number: f.number(gate.number) })
      case 'unequal': {
        const [first] = gate.differences
        const list = (values: readonly string[]) => (values.length > 0 ? values.join(t('comma')) : '—')
        return t('gate.unequal', {
          number: f.number(gate.number),
          english: list(first?.inEnglish ?? []),
          arabic: list(first?.inArabic ?? []),
        })
      }
      case 'late-payment-charge':
        return t('gate.late-payment-charge', { number: f.number(gate.number) })
      default:
        return t(`gate.${gate.code}`)
    }
  }
}

export function GateText({ gate }: { readonly gate: Gate }) {
  const text = useGateText()
  return (
    <Group gap={6} wrap="nowrap" mt="xs" align="flex-start" role="note">
      <IconAlertTriangle
        size={16}
        color="var(--mantine-color-amber-text)"
        aria-hidden="true"
        style={{ flex: 'none', marginBlockStart: 2 }}
      />
      <Text fz="sm">{text(gate)}</Text>
    </Group>
  )
}
