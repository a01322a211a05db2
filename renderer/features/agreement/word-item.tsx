import { Alert, Badge, Group, Paper, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sameStanding } from '#shared/agreement/proposed-change.ts'
import { termText } from '#shared/agreement/term-text.ts'
import type { WordReadingView } from '#shared/projection/negotiation-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { WordingRuns } from './change-runs.tsx'
import { useDesk } from './desk.tsx'
import { useSubjectName } from './subject-name.ts'

type Item = WordReadingView['items'][number]

/** What a person decided about an item: where it belongs, that it is left out, or nothing yet. */
export type Place =
  'undecided' | 'left-out' | { readonly as: 'clause' | 'insert' | 'remove'; readonly clause: string | null }

/** What was found by its anchor or its words is proposed unless the person says no; the rest waits for them. */
export function firstPlace({ kind, clause, gone, terms }: Item): Place {
  if (gone) return 'undecided'
  if (kind === 'clause') return { as: 'clause', clause }
  if (kind === 'missing') return { as: 'remove', clause }
  return terms.some(({ value }) => value !== null) ? { as: 'clause', clause: null } : 'undecided'
}

const EMPTY = { en: { heading: '', text: '' }, ar: { heading: '', text: '' } }

export function WordItemCard(props: {
  readonly item: Item
  readonly place: Place
  readonly onPlace: (place: Place) => void
}) {
  const { item, place, onPlace } = props
  const { t } = useTranslation('negotiation')
  const { f } = useLocale()
  const { draft } = useDesk()
  const subject = useSubjectName()
  const name = item.clause === null ? t('word.unplaced') : subject.clause(item.clause)
  const own = item.kind === 'missing' ? 'remove' : 'clause'
  const isValue = item.kind === 'unplaced' && item.terms.some(({ value }) => value !== null)
  // Only a term's words were typed over: what is proposed is its value, and the clause keeps its wording.
  const keepsWording =
    item.kind === 'clause' && item.before !== null && sameStanding(item.before, { en: item.en, ar: item.ar })
  const data = [
    ...(item.clause !== null && !item.gone ? [{ value: `${own}/${item.clause}`, label: t(keepsWording ? 'word.as.value' : `word.as.${own}`) }] : []),
    ...(isValue ? [{ value: 'clause/', label: t('word.as.value') }] : []),
    { value: 'left-out', label: t('word.as.leftOut') },
    ...(item.kind === 'missing' || isValue
      ? []
      : [
          { value: 'insert/', label: t('word.as.first') },
          ...draft.clauses.map(({ id }) => ({ value: `insert/${id}`, label: t('word.as.insert', { clause: subject.clause(id) }) })),
          ...draft.clauses
            .filter(({ id }) => id !== item.clause)
            .map(({ id }) => ({ value: `clause/${id}`, label: t('word.as.text', { clause: subject.clause(id) }) })),
        ]),
  ] // prettier-ignore
  const value = typeof place === 'string' ? (place === 'left-out' ? place : null) : `${place.as}/${place.clause ?? ''}`
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>
            <bdi>{name}</bdi>
          </Text>
          <Group gap="xs">
            {item.by === 'likeness' ? <Badge variant="light" color="gray">{t('word.byLikeness')}</Badge> : null}
            {item.names.length > 0 ? <Badge variant="light" color="sand">{t('word.tracked')}</Badge> : null}
            {item.untracked ? <Badge variant="light" color="amber">{t('word.notTracked')}</Badge> : null}
          </Group>
        </Group>
        {item.names.length > 0 ? (
          <Text fz="sm" c="dimmed">
            {t('word.names', { names: f.list(item.names) })}
          </Text>
        ) : null}
        {item.gone ? <Alert color="amber">{t('obstacle.clause-gone')}</Alert> : null}
        <WordingRuns before={item.before ?? EMPTY} after={{ en: item.en, ar: item.ar }} />
        <Terms item={item} />
        <Select
          label={t('word.place')}
          placeholder={t('word.choose')}
          data={data}
          value={value}
          allowDeselect={false}
          searchable
          onChange={(next) => {
            if (next === null) return
            if (next === 'left-out') return onPlace('left-out')
            const [as = 'clause', clause = ''] = next.split('/')
            onPlace({ as: as as 'clause' | 'insert' | 'remove', clause: clause === '' ? null : clause })
          }}
        />
      </Stack>
    </Paper>
  ) // prettier-ignore
}

/** Values that somebody typed over a term: proposed as values, so that both languages and every clause follow. */
function Terms({ item }: { readonly item: Item }) {
  const { t } = useTranslation('negotiation')
  const { pick } = useLocale()
  const { kind } = useDesk()
  return item.terms.map(({ term, value }) => {
    const spec = kind.terms[term]
    const name = spec ? pick(spec.label) : `{${term}}`
    return (
      <Text key={`${term}/${String(value)}`} fz="sm">
        {value === null || !spec
          ? t('word.termLost', { name })
          : t('word.termValue', { name, value: pick(termText(spec, value)) })}
      </Text>
    )
  })
}
