import { Collapse, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './clauses.module.css'
import type { Languages } from './clauses.tsx'
import { useDesk, type Row } from './desk.tsx'
import { LiveChoice, LiveCount, LiveText } from './live-field.tsx'
import { TextEditor } from './text-editor.tsx'

/** Fields that are out of sight until somebody looks for them, or has to choose between their values. */
const MORE = ['nature', 'level', 'start', 'deprecatedIn', 'replacedBy'] as const

/** Heading and text of a clause in each language, and what is said about it. */
export function ClauseEditor({ row, languages }: { readonly row: Row<'clauses'>; readonly languages: Languages }) {
  const { t } = useTranslation('standards')
  const { live, content, clauseName } = useDesk()
  const [more, setMore] = useState(() => MORE.some((field) => row.conflicts.has(field)))
  const place = { set: 'clauses' as const, row }
  useEffect(() => {
    live.present(`clauses/${row.id}`)
    return () => live.present(null)
  }, [live, row.id])
  const shown = (['en', 'ar'] as const).filter((language) => languages === 'both' || languages === language)
  return (
    <Stack gap="sm">
      <div className={classes['both']}>
        {shown.map((language) => {
          const text = language === 'ar' ? 'textAr' : 'textEn'
          return (
            <Stack key={language} gap="xs" style={{ minWidth: 0 }}>
              <LiveText {...place} field={language === 'ar' ? 'headingAr' : 'headingEn'} language={language} />
              <TextEditor clause={row.id} field={text} label={t(`clause.${text}`, { clause: clauseName(row.id) })} />
            </Stack>
          )
        })}
      </div>
      <UnstyledButton onClick={() => setMore(!more)} aria-expanded={more}>
        <Text fz="sm" c="dimmed" style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
          <IconAdjustments size={16} aria-hidden="true" />
          {t('clause.more')}
        </Text>
      </UnstyledButton>
      <Collapse expanded={more}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <LiveChoice {...place} field="nature" />
          <LiveCount {...place} field="level" least={1} most={6} />
          <LiveCount {...place} field="start" least={1} most={999} placeholder={t('clause.counted')} />
          <LiveText {...place} field="deprecatedIn" maxLength={64} />
          <LiveChoice
            {...place}
            field="replacedBy"
            clearable
            data={content.clauses
              .filter(({ id }) => id !== row.id)
              .map(({ id }) => ({ value: id, label: clauseName(id) }))}
          />
        </SimpleGrid>
      </Collapse>
    </Stack>
  )
}
