import { ActionIcon, Alert, Badge, Button, Group, Paper, Select, Stack, Switch, Text, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowDown, IconArrowsExchange, IconArrowUp, IconGitCompare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { textOfDraft, type AgreementText } from '#shared/agreement/agreement-text.ts'
import { redline, type ClauseRedline, type EntryRedline } from '#shared/agreement/redline.ts'
import type { TextVersionView } from '#shared/projection/negotiation-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import classes from './redline.module.css'
import { BothLanguages } from './runs.tsx'
import { SaveWord } from './save-word.tsx'
import { useVersionName } from './version-name.ts'

const DRAFT = 'draft'

/** Any two versions beside each other, in both languages, with the words that differ. */
export function Compare() {
  const { t } = useTranslation('negotiation')
  const { agreement } = useDesk()
  const found = useQuery(useOrpc().negotiation.versions.queryOptions({ input: { artifact: agreement.id } }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  if (found.data.length < 2)
    return (
      <EmptyState
        icon={<IconGitCompare aria-hidden="true" />}
        title={t('compare.nothing')}
        text={t('compare.nothingText')}
      />
    )
  return <Chosen versions={found.data} />
}

function Chosen({ versions }: { readonly versions: readonly TextVersionView[] }) {
  const { t } = useTranslation('negotiation')
  const name = useVersionName()
  const { draft } = useDesk()
  const [from, setFrom] = useState(versions[1]?.key ?? DRAFT)
  const [to, setTo] = useState(DRAFT)
  const [before, after] = [useText(from), useText(to)]
  const data = versions.map((version) => ({ value: version.key, label: name(version) }))
  return (
    <Stack gap="lg">
      <Paper>
        <Title order={2} mb="md">
          {t('compare.title')}
        </Title>
        <Group align="flex-end" wrap="wrap">
          <Select
            label={t('compare.from')}
            data={data}
            value={from}
            allowDeselect={false}
            style={{ flex: '1 1 16rem' }}
            onChange={(value) => setFrom(value ?? DRAFT)}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('compare.swap')}
            onClick={() => {
              setFrom(to)
              setTo(from)
            }}
          >
            <IconArrowsExchange size={18} aria-hidden="true" />
          </ActionIcon>
          <Select
            label={t('compare.to')}
            data={data}
            value={to}
            allowDeselect={false}
            style={{ flex: '1 1 16rem' }}
            onChange={(value) => setTo(value ?? DRAFT)}
          />
        </Group>
      </Paper>
      {draft.conflicts > 0 && [from, to].includes(DRAFT) ? (
        <Alert color="amber">{t('compare.open', { count: draft.conflicts })}</Alert>
      ) : null}
      <RefusalAlert refusal={before.refusal ?? after.refusal} />
      {before.text && after.text ? (
        <Differences
          key={`${from} ${to}`}
          before={before.text}
          after={after.text}
          save={<SaveWord from={from} to={to} />}
        />
      ) : before.refusal || after.refusal ? null : (
        <Loading />
      )}
    </Stack>
  )
}

/** A version's text: the draft is what this window holds, anything else is asked of the engine. */
function useText(key: string) {
  const { agreement, kind, draft } = useDesk()
  const asked = useQuery({
    ...useOrpc().negotiation.text.queryOptions({ input: { artifact: agreement.id, key } }),
    enabled: key !== DRAFT,
  })
  const own = useMemo(() => textOfDraft(kind, draft), [kind, draft])
  return {
    text: key === DRAFT ? own : asked.data,
    refusal: key !== DRAFT && asked.error ? refusalOf(asked.error) : null,
  }
}

function Differences(props: {
  readonly before: AgreementText
  readonly after: AgreementText
  readonly save: ReactNode
}) {
  const { before, after, save } = props
  const { t } = useTranslation('negotiation')
  const { f } = useLocale()
  const [all, setAll] = useState(false)
  const [at, setAt] = useState(-1)
  const region = useRef<HTMLDivElement>(null)
  const { entries, clauses, changes } = useMemo(() => redline(before, after), [before, after])
  const go = (step: 1 | -1): void => {
    const places = [...(region.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
    if (places.length === 0) return
    const next = at < 0 ? (step > 0 ? 0 : places.length - 1) : (at + step + places.length) % places.length
    setAt(next)
    places[next]?.focus({ preventScroll: true })
    places[next]?.scrollIntoView({ block: 'center' })
  }
  useHotkeys([
    ['alt+ArrowDown', () => go(1)],
    ['alt+ArrowUp', () => go(-1)],
  ])
  if (changes === 0 && !all)
    return (
      <EmptyState icon={<IconGitCompare aria-hidden="true" />} title={t('compare.same')} text={t('compare.sameText')} />
    )
  const shown = all ? clauses : clauses.filter(isChanged)
  return (
    <Stack ref={region} component="section" aria-label={t('compare.differences')}>
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600} role="status">
            {t('compare.count', { count: changes })}
          </Text>
          {at >= 0 ? <Text c="dimmed">{t('compare.at', { at: f.number(at + 1), of: f.number(changes) })}</Text> : null}
        </Group>
        <Group gap="sm">
          {save}
          <Switch label={t('compare.all')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          <Button.Group>
            <Button
              variant="default"
              size="sm"
              leftSection={<IconArrowUp size={16} aria-hidden="true" />}
              aria-keyshortcuts="Alt+ArrowUp"
              title={t('compare.keys.previous')}
              onClick={() => go(-1)}
            >
              {t('compare.previous')}
            </Button>
            <Button
              variant="default"
              size="sm"
              rightSection={<IconArrowDown size={16} aria-hidden="true" />}
              aria-keyshortcuts="Alt+ArrowDown"
              title={t('compare.keys.next')}
              onClick={() => go(1)}
            >
              {t('compare.next')}
            </Button>
          </Button.Group>
        </Group>
      </Group>
      {entries.map((entry) => (
        <Entry key={`${entry.kind}/${entry.id}`} entry={entry} />
      ))}
      {shown.map((clause) => (
        <Clause key={clause.id} clause={clause} />
      ))}
    </Stack>
  )
}

const isChanged = ({ state, moved }: ClauseRedline): boolean => state !== 'same' || moved
const COLOR = { changed: 'amber', inserted: 'leaf', deleted: 'red' } as const

function Entry({ entry }: { readonly entry: EntryRedline }) {
  const { t } = useTranslation('negotiation')
  const { pick, f } = useLocale()
  const { kind } = useDesk()
  const spec = kind.terms[entry.id]
  const table = entry.kind === 'row' ? kind.tables[entry.id.split('/')[0] ?? ''] : undefined
  const name = table
    ? pick(table.label)
    : entry.kind === 'term' && spec
      ? pick(spec.label)
      : entry.kind === 'party'
        ? t('entry.partyNumber', { number: f.number(Number(entry.id) + 1) })
        : t(`entry.${entry.kind}`)
  return (
    <Paper className={classes['change'] ?? ''} tabIndex={-1} data-change component="article" aria-label={name}>
      <Group gap="sm" mb="xs">
        <Title order={3} fz="md">
          {name}
        </Title>
        <Badge variant="light" color={COLOR[entry.state]}>
          {t(`change.${entry.state}`)}
        </Badge>
      </Group>
      <BothLanguages texts={[entry.text]} />
    </Paper>
  )
}

function Clause({ clause }: { readonly clause: ClauseRedline }) {
  const { t } = useTranslation('negotiation')
  const { f } = useLocale()
  const { state, moved, was, is, heading, text } = clause
  const name = t('change.clause', { number: f.number(is ?? was ?? 0) })
  const mark = isChanged(clause) ? { 'data-change': true } : {}
  return (
    <Paper className={classes['change'] ?? ''} tabIndex={-1} {...mark} component="article" aria-label={name}>
      <Group gap="sm" mb="xs">
        <Title order={3} fz="md">
          {name}
        </Title>
        {state === 'same' ? null : (
          <Badge variant="light" color={COLOR[state]}>
            {t(`change.${state}`)}
          </Badge>
        )}
        {moved ? (
          <Badge variant="light" color="gray">
            {t('change.moved', { was: f.number(was ?? 0) })}
          </Badge>
        ) : null}
      </Group>
      <BothLanguages texts={[{ ...heading, heading: true }, text]} />
    </Paper>
  )
}
