import { Accordion, Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSend } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { PreviewView } from '#shared/projection/disclosure-views.ts'
import { DryRunNote } from '#ui/app/dry-run-bar.tsx'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'
import { useWords } from '#ui/parts/words.ts'
import { AudienceFields } from './audience-fields.tsx'
import { ColumnRules } from './column-rules.tsx'
import classes from './disclosures.module.css'
import { numbered, type Draft, type Policy } from './draft.ts'
import { ForecastFields } from './forecast-fields.tsx'
import { GroundFields } from './ground-fields.tsx'
import { Preview } from './preview.tsx'
import { ProtectionFields } from './protection-fields.tsx'
import { ReciprocityFields } from './reciprocity-fields.tsx'
import { RowFilters } from './row-filters.tsx'

/** A policy being written, with the very slice that it would let out beside the private rows. */
export function Editor(props: {
  readonly dataset: DatasetView
  readonly stored: Policy | undefined
  readonly start: Draft
}) {
  const { t } = useTranslation(['disclosures', 'common', 'reciprocity', 'privacy'])
  const { f, pick } = useLocale()
  const words = useWords('policy')
  const orpc = useOrpc()
  const client = useClient()
  const notify = useNotify()
  const { dataset, stored } = props
  const [draft, setDraft] = useState(props.start)
  const [confirming, setConfirming] = useState(false)
  const [heldYes, setHeldYes] = useState(false)
  const policy = useMemo(() => numbered(draft.policy, stored), [draft.policy, stored])
  // One object as long as nothing changed: the wait below starts anew with every other one.
  const input = useMemo(
    () => ({ policy, title: draft.title, ...(draft.forecast ? { forecast: draft.forecast } : {}) }),
    [policy, draft.title, draft.forecast],
  )
  const [asked] = useDebouncedValue(input, 500)
  const preview = useQuery({
    ...orpc.disclosures.preview.queryOptions({ input: asked }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const view = preview.data?.outcome === 'preview' ? preview.data.view : null
  const settled = asked === input && !preview.isPlaceholderData && !preview.isPending
  const disclose = useMutation({
    mutationFn: async (seen: PreviewView) => {
      await client.disclosures.savePolicy(policy)
      return client.disclosures.disclose({
        policy: policy.id,
        title: draft.title,
        ...(draft.forecast ? { forecast: draft.forecast } : {}),
        sliceId: seen.sliceId,
        confirmHeld: heldYes,
      })
    },
    onSuccess: (made) => {
      notify.done(t('disclosed'))
      go(to.disclosure(made.artifact))
    },
    onError: notify.refused,
  })
  const workspace = useQuery(orpc.workspaces.get.queryOptions({ input: { workspace: policy.workspaceId } }))
  const members = workspace.data?.members ?? []
  const named = (companies: readonly string[]) =>
    members.filter(({ company }) => companies.includes(company)).map(({ name }) => pick(name))
  const setPolicy = (next: Policy) => setDraft({ ...draft, policy: next })
  const leaving = policy.fields.filter(({ transform }) => transform.kind !== 'drop').length + policy.measures.length
  const sections = [
    ['audience', t('section.audienceSummary', { count: policy.roles.length, date: f.date(policy.expiresOn) })],
    ['rows', policy.rows.length === 0 ? t('section.allRows') : t('section.rowsSummary', { count: policy.rows.length })],
    ['columns', t('section.columnsSummary', { count: leaving, all: dataset.columns.length })],
    ['protection', t('section.protectionSummary', { mode: words(`mode.${policy.mode}`), count: policy.k })],
    ['privacy', policy.ground ? t(`privacy:basis.${policy.ground.basis}`) : t('privacy:ground.none')],
    [
      'reciprocity',
      policy.reciprocity
        ? t('reciprocity:section.some', {
            companies: f.list(named(policy.reciprocity.companies)),
            ratio: f.percent(policy.reciprocity.ratio / 100, 0),
          })
        : t('reciprocity:section.none'),
    ],
    [
      'forecast',
      draft.forecast
        ? t('section.forecastSummary', { count: draft.forecast.horizon, unit: draft.forecast.unit })
        : t('section.noForecast'),
    ],
  ] as const
  return (
    <Stack>
      {workspace.data?.dryRun && !stored ? <DryRunNote workspace={policy.workspaceId} /> : null}
      <Accordion
        variant="separated"
        radius="md"
        order={2}
        classNames={{ root: classes.rules, item: classes.rule, label: classes.ruleLabel }}
      >
        {sections.map(([name, summary]) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>
              <Text fz="sm" fw={600}>
                {name === 'reciprocity' || name === 'privacy' ? t(`${name}:title`) : t(`section.${name}`)}
              </Text>
              <Text fz="xs" c="dimmed">
                {summary}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              {name === 'audience' ? <AudienceFields draft={draft} onChange={setDraft} /> : null}
              {name === 'rows' ? <RowFilters policy={policy} dataset={dataset} onChange={setPolicy} /> : null}
              {name === 'columns' ? (
                <ColumnRules policy={policy} dataset={dataset} slice={view?.slice ?? null} onChange={setPolicy} />
              ) : null}
              {name === 'protection' ? (
                <ProtectionFields policy={policy} dataset={dataset} onChange={setPolicy} />
              ) : null}
              {name === 'privacy' ? <GroundFields policy={policy} onChange={setPolicy} /> : null}
              {name === 'reciprocity' ? (
                <ReciprocityFields policy={policy} members={members} onChange={setPolicy} />
              ) : null}
              {name === 'forecast' ? <ForecastFields draft={draft} view={view} onChange={setDraft} /> : null}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <RefusalAlert refusal={preview.error ? refusalOf(preview.error) : null} />
      <Preview dataset={dataset} outcome={preview.data ?? null} busy={!settled} />
      {view && view.held.length > 0 ? (
        <Checkbox
          checked={heldYes}
          onChange={(event) => setHeldYes(event.currentTarget.checked)}
          label={t('held.confirm', { count: view.held.length })}
        />
      ) : null}
      <Paper pos="sticky" bottom={12} py="sm" shadow="md" style={{ zIndex: 3 }}>
        <Group justify="space-between">
          <Group gap="sm">
            {view ? (
              <>
                <Text fz="sm">{t('willSeal')}</Text>
                <HashBadge hash={view.sliceId} />
              </>
            ) : (
              <Text fz="sm" c="dimmed">
                {t('nothingYet')}
              </Text>
            )}
          </Group>
          <Button
            leftSection={<IconSend size={18} aria-hidden="true" />}
            disabled={!view || !settled || (view.held.length > 0 && !heldYes)}
            loading={disclose.isPending}
            onClick={() => setConfirming(true)}
          >
            {t('disclose')}
          </Button>
        </Group>
      </Paper>
      <ConfirmModal
        opened={confirming}
        title={t('confirm.title')}
        action={t('disclose')}
        busy={disclose.isPending}
        onConfirm={() => {
          if (view) disclose.mutate(view, { onSettled: () => setConfirming(false) })
        }}
        onClose={() => setConfirming(false)}
      >
        <Text>
          {t('confirm.text', { count: view?.slice.rows.length ?? 0 })} <RoleNames roles={policy.roles} />
          {'. '}
          {t('confirm.until')} <When at={policy.expiresOn} both={false} />.
        </Text>
        <Text fz="sm" c="dimmed">
          {t('confirm.final')}
        </Text>
        {view ? <HashBadge hash={view.sliceId} /> : null}
      </ConfirmModal>
    </Stack>
  )
}
