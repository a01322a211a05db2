import { Alert, Button, List, Paper, Stack, Text, Title } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalPolicy } from '#shared/approvals/policy.ts'
import type { ApprovalPolicyView } from '#shared/projection/approval-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { PolicyClock } from './policy-clock.tsx'
import { PolicyHolders } from './policy-holders.tsx'
import { PolicyMeaning } from './policy-meaning.tsx'
import { PolicyOff } from './policy-off.tsx'
import { PolicyScopes } from './policy-scopes.tsx'
import { PolicySpecial } from './policy-special.tsx'
import { PolicyTypes } from './policy-types.tsx'

/** How the company approves: who, for what, by when; with what it means in words and what is wrong with it. */
export function PolicyPage() {
  const { data, error } = useQuery(useOrpc().approvals.policy.queryOptions())
  if (error) return <RefusalAlert refusal={refusalOf(error)} />
  if (!data) return <Loading />
  // Another version is another form: what was typed against the former one is not carried into it.
  return <PolicyForm key={data.policy.version} view={data} />
}

function PolicyForm({ view }: { readonly view: ApprovalPolicyView }) {
  const { t } = useTranslation(['approvals', 'common'])
  const orpc = useOrpc()
  const notify = useNotify()
  const [policy, setPolicy] = useState(view.policy)
  const set = (part: Partial<ApprovalPolicy>): void => setPolicy((before) => ({ ...before, ...part }))
  const tried = useQuery({
    ...orpc.approvals.tryPolicy.queryOptions({ input: policy }),
    placeholderData: keepPreviousData,
  })
  const save = useMutation({
    ...orpc.approvals.savePolicy.mutationOptions(),
    onSuccess: () => notify.done(t('policy.saved')),
    onError: notify.refused,
  })
  const changed = JSON.stringify(policy) !== JSON.stringify(view.policy)
  return (
    <>
      <PageHeader
        title={t('policy.title')}
        lead={t('policy.lead')}
        back={{ label: t('common:area.approvals'), href: hrefOf(to.approvals()) }}
        actions={
          view.mayChange ? (
            <Button
              disabled={!changed}
              loading={save.isPending}
              onClick={() => save.mutate({ policy, based: view.policy.version })}
            >
              {t('policy.save')}
            </Button>
          ) : null
        }
      />
      <Stack gap="lg">
        {view.mayChange ? null : <Alert variant="light">{t('policy.readOnly')}</Alert>}
        <PolicyMeaning policy={policy} warnings={(changed ? tried.data?.warnings : undefined) ?? view.warnings} />
        {/* A fieldset that is disabled disables everything in it, for the keyboard, too. */}
        <fieldset disabled={!view.mayChange} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Stack gap="lg">
            <PolicyTypes policy={policy} set={set} workspaces={view.workspaces} />
            <PolicyScopes policy={policy} set={set} />
            <PolicySpecial policy={policy} set={set} />
            <PolicyHolders policy={policy} set={set} />
            <PolicyClock policy={policy} set={set} />
            <PolicyOff policy={policy} set={set} holidays={view.holidays} />
          </Stack>
        </fieldset>
        <Alert variant="light" color="sand" icon={<IconShieldLock aria-hidden="true" />}>
          {t('policy.never')}
        </Alert>
        <History view={view} />
      </Stack>
    </>
  )
}

function History({ view }: { readonly view: ApprovalPolicyView }) {
  const { t } = useTranslation('approvals')
  const { f, pick } = useLocale()
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('policy.history')}
      </Title>
      {view.history.length === 0 ? <Text c="dimmed">{t('policy.usual')}</Text> : null}
      <List spacing={4}>
        {view.history.map(({ version, by, at }) => (
          <List.Item key={`${String(version)}/${String(at)}`}>
            <bdi>{t('policy.historyBy', { version: f.number(version), name: pick(by) })}</bdi> ·{' '}
            <When at={at} withTime />
          </List.Item>
        ))}
      </List>
    </Paper>
  )
}
