import { Anchor, Badge, Button, Group, NavLink, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconFileText, IconPlus, IconFilePlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClauseContent } from '#shared/standards/content.ts'
import { depthOf } from '#shared/standards/number-clauses.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Clause } from './clause.tsx'
import classes from './clauses.module.css'
import { useDesk } from './desk.tsx'
import { placesAfter } from './write-imported.ts'

export type Languages = 'en' | 'ar' | 'both'

/** The standard to read and to edit: contents beside numbered clauses, in one language or both. */
export function Clauses() {
  const { t } = useTranslation(['standards', 'common'])
  const { locale } = useLocale()
  const { live, mayWrite, rows, content, clauseName } = useDesk()
  const [languages, setLanguages] = useState<Languages>(() => languageOf(content.clauses, locale))
  const [editing, setEditing] = useState<string | null>(null)
  const clauses = rows('clauses')
  const numbers = new Map(content.clauses.map(({ id, number }) => [id, number]))
  const add = (proposed?: 'add'): void => {
    const [order] = placesAfter(clauses.at(-1)?.values.order ?? null, 1)
    setEditing(live.add('clauses', { order, level: 1, nature: 'requirement', proposed }))
  }
  const addButton = mayWrite ? (
    <Group gap="xs">
      {clauses.length > 0 ? (
        <Button
          variant="default"
          leftSection={<IconFilePlus size={18} aria-hidden="true" />}
          onClick={() => add('add')}
        >
          {t('clause.suggest')}
        </Button>
      ) : null}
      <Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={() => add()}>
        {t('clause.add')}
      </Button>
    </Group>
  ) : null
  if (clauses.length === 0)
    return (
      <EmptyState
        icon={<IconFileText aria-hidden="true" />}
        title={t('clause.none')}
        text={t('clause.noneText')}
        action={addButton}
      />
    )
  return (
    <div className={classes['page']}>
      <nav className={classes['contents']} aria-label={t('contents')}>
        <Text fw={600} fz="sm" mb="xs">
          {t('contents')}
        </Text>
        {clauses.map(({ id, values: { nature, proposed, level } }) => (
          <NavLink
            key={id}
            href={`#clause-${id}`}
            onClick={(event) => {
              event.preventDefault()
              document.getElementById(`clause-${id}`)?.scrollIntoView({ block: 'start' })
              document.getElementById(`clause-${id}`)?.focus({ preventScroll: true })
            }}
            py={4}
            pe={4}
            style={{ paddingInlineStart: `${String(0.4 + (depthIn(numbers.get(id), level) - 1) * 0.9)}rem` }}
            label={
              <Text
                span
                fz="sm"
                {...(nature === 'guidance' || proposed === 'add' ? { c: 'dimmed' } : {})}
                {...(proposed === 'remove' ? { td: 'line-through' } : {})}
              >
                <bdi>{clauseName(id)}</bdi>
              </Text>
            }
          />
        ))}
      </nav>
      <Stack gap="md" style={{ minWidth: 0 }}>
        <Group justify="space-between">
          <SegmentedControl
            aria-label={t('languages.label')}
            value={languages}
            onChange={(value) => setLanguages(value as Languages)}
            data={[
              { value: 'en', label: t('common:english') },
              { value: 'ar', label: t('common:arabic') },
              { value: 'both', label: t('languages.both') },
            ]}
          />
          {addButton}
        </Group>
        {clauses.map((row, at) => (
          <Clause
            key={row.id}
            row={row}
            at={at}
            number={numbers.get(row.id) ?? ''}
            languages={languages}
            editing={editing === row.id}
            onEdit={(open) => setEditing(open ? row.id : null)}
          />
        ))}
        <GoneNote />
      </Stack>
    </div>
  )
}

/** A clause that is only suggested has no number yet. */
const depthIn = (number: string | undefined, level: number | null): number =>
  number === undefined ? (level ?? 1) : depthOf(number)

/** The person's own language, unless the standard is written in the other one only. */
function languageOf(clauses: readonly ClauseContent[], own: 'en' | 'ar'): Languages {
  const other = own === 'en' ? 'ar' : 'en'
  const has = (language: 'en' | 'ar'): boolean =>
    clauses.some(({ heading, text }) => heading[language] !== '' || text[language].length > 0)
  return !has(own) && has(other) ? other : own
}

/** Where a clause that others point to was removed, somebody should know. */
function GoneNote() {
  const { t } = useTranslation('standards')
  const { rows, content } = useDesk()
  const here = new Set(content.clauses.map(({ id }) => id))
  const lost = rows('tests').filter(({ values }) => values.clause !== null && !here.has(values.clause))
  if (lost.length === 0) return null
  return (
    <Group gap="xs">
      <Badge color="amber" variant="light">
        {t('clause.lost', { count: lost.length })}
      </Badge>
      <Anchor fz="sm" href={location.hash.replace(/\/text$/, '') + '/conformance'}>
        {t('tab.conformance')}
      </Anchor>
    </Group>
  )
}
