import { Alert, List, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { redLinesOfContent, redLinesOfDraft, type RedLine } from '#shared/agreement/red-lines.ts'
import { cellText } from '#shared/agreement/tables.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ColumnSpec, TermValue } from '#shared/artifacts/agreement-terms.ts'
import { NO_POSITION, type PrivatePosition } from '#shared/artifacts/private-position.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What our company would settle for, as this vault holds it. */
export function usePosition(): PrivatePosition {
  const { agreement } = useDesk()
  const found = useQuery(useOrpc().agreements.position.queryOptions({ input: { artifact: agreement.id } }))
  return found.data ?? NO_POSITION
}

/** Where the draft, or a text that was closed, goes beyond what we accept. */
export function useRedLines(content?: AgreementContent): readonly RedLine[] {
  const { kind, draft } = useDesk()
  const position = usePosition()
  return content ? redLinesOfContent(kind, position, content) : redLinesOfDraft(kind, position, draft)
}

/** The term or column that a range is about, by its name. */
export function useRangeOf() {
  const { kind } = useDesk()
  const { pick } = useLocale()
  const specOf = (range: string): ColumnSpec | undefined => {
    const [name = '', column] = range.split('.')
    return column === undefined ? kind.terms[name] : kind.tables[name]?.columns[column]
  }
  return {
    specOf,
    nameOf: (range: string): string => {
      const spec = specOf(range)
      const table = range.includes('.') ? kind.tables[range.split('.')[0] ?? ''] : undefined
      return spec ? [...(table ? [pick(table.label)] : []), pick(spec.label)].join(' · ') : range
    },
    reads: (range: string, value: TermValue): string => {
      const spec = specOf(range)
      return spec ? pick(cellText(kind, spec, value)) : String(value as string)
    },
  }
}

/** The red lines in words; nothing when there is none. Only our own window ever shows them. */
export function RedLines({ content }: { readonly content?: AgreementContent }) {
  const { t } = useTranslation('position')
  const { f } = useLocale()
  const lines = useRedLines(content)
  const { nameOf, reads } = useRangeOf()
  if (lines.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconEyeOff aria-hidden="true" />}
      title={t('lines', { count: lines.length })}
      role="note"
    >
      <List size="sm" spacing={2}>
        {lines.map((line) => (
          <List.Item key={`${line.range}/${String(line.row)}`}>
            <Text span fz="sm" fw={500}>
              {nameOf(line.range)}
              {line.row === null ? '' : ` (${t('row', { row: f.number(line.row) })})`}:
            </Text>{' '}
            {t(`broken.${line.code}`, {
              value: line.value === null ? '' : reads(line.range, line.value),
              bound: line.bound === null ? '' : reads(line.range, line.bound),
            })}
          </List.Item>
        ))}
      </List>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('onlyUs')}
      </Text>
    </Alert>
  )
}
