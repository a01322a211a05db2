import {
  Alert,
  Button,
  Checkbox,
  Group,
  List,
  MultiSelect,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core'
import { IconAlertTriangle, IconPlus, IconShieldLock } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMITMENTS, WITH_AMOUNT } from '#shared/approvals/commitment.ts'
import {
  LEVELS,
  PARTNERSHIPS,
  SCOPES,
  type ApprovalPolicy,
  type Level,
  type Rule,
  type Scope,
} from '#shared/approvals/policy.ts'
import { ROLES } from '#shared/kernel/ids.ts'
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
  const { pick } = useLocale()
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
        <Meaning policy={policy} warnings={(changed ? tried.data?.warnings : undefined) ?? view.warnings} />
        {/* A fieldset that is disabled disables everything in it, for the keyboard, too. */}
        <fieldset disabled={!view.mayChange} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Stack gap="lg">
            {view.workspaces.length > 0 ? (
              <Paper>
                <Title order={2}>{t('policy.types')}</Title>
                <Text fz="sm" c="dimmed" mb="md">
                  {t('policy.typesText')}
                </Text>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  {view.workspaces.map(({ id, name, kind }) => (
                    <Select
                      key={id}
                      label={pick(name)}
                      description={t(`scope.${kind}`)}
                      placeholder={t('policy.noType')}
                      clearable
                      clearButtonProps={{ 'aria-label': t('policy.noType') }}
                      data={PARTNERSHIPS.map((value) => ({ value, label: t(`scope.${value}`) }))}
                      value={policy.types[id] ?? null}
                      onChange={(value) => {
                        const { [id]: _, ...others } = policy.types
                        const type = PARTNERSHIPS.find((one) => one === value)
                        set({ types: type ? { ...others, [id]: type } : others })
                      }}
                    />
                  ))}
                </SimpleGrid>
              </Paper>
            ) : null}
            <Scopes policy={policy} set={set} />
            <Special policy={policy} set={set} />
            <Holders policy={policy} set={set} />
            <Clock policy={policy} set={set} />
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

interface Part {
  readonly policy: ApprovalPolicy
  readonly set: (part: Partial<ApprovalPolicy>) => void
}

function Meaning({
  policy,
  warnings,
}: {
  readonly policy: ApprovalPolicy
  readonly warnings: ApprovalPolicyView['warnings']
}) {
  const { t } = useTranslation('approvals')
  const { f } = useLocale()
  const used = new Set<Scope>(Object.values(policy.types))
  const scopes = SCOPES.filter((scope) => used.has(scope) || !(PARTNERSHIPS as readonly string[]).includes(scope))
  const levels = (rule: Rule): string => f.list(rule.levels.map((level) => t(`level.${level}`)))
  const sentence = (scope: Scope): string => {
    const { everyday, weighty } = policy.scopes[scope]
    const name = t(`scope.${scope}`)
    return [
      everyday.levels.length === 0 ? t('policy.sentence.none', { scope: name }) : t('policy.sentence.levels', { scope: name, levels: levels(everyday) }),
      levels(everyday) === levels(weighty) ? '' : weighty.levels.length === 0 ? t('policy.sentence.weightyNone') : t('policy.sentence.weighty', { levels: levels(weighty) }),
      everyday.fourEyes || weighty.fourEyes ? t('policy.sentence.fourEyes') : '',
    ].filter(Boolean).join(' ') // prettier-ignore
  }
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('policy.says')}
      </Title>
      <List spacing={4}>
        {scopes.map((scope) => (
          <List.Item key={scope}>{sentence(scope)}</List.Item>
        ))}
        <List.Item>{t('policy.sentence.self')}</List.Item>
      </List>
      {warnings.map((warning) => (
        <Group key={JSON.stringify(warning)} gap={6} wrap="nowrap" mt="xs" align="flex-start" role="note">
          <IconAlertTriangle
            size={16}
            color="var(--mantine-color-amber-text)"
            aria-hidden="true"
            style={{ flex: 'none', marginBlockStart: 4 }}
          />
          <Text fz="sm">
            {t(`policy.warning.${warning.code}`, {
              scope: 'scope' in warning ? t(`scope.${warning.scope}`) : '',
              level: 'level' in warning ? t(`level.${warning.level}`) : '',
            })}
          </Text>
        </Group>
      ))}
    </Paper>
  )
}

function LevelsInput({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: readonly Level[]
  readonly onChange: (levels: Level[]) => void
}) {
  const { t } = useTranslation('approvals')
  return (
    <MultiSelect
      aria-label={label}
      placeholder={value.length === 0 ? t('policy.anyRole') : ''}
      data={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
      value={[...value]}
      onChange={(chosen) => onChange(LEVELS.filter((level) => chosen.includes(level)))}
    />
  )
}

function Scopes({ policy, set }: Part) {
  const { t } = useTranslation('approvals')
  const change = (scope: Scope, kind: 'everyday' | 'weighty', part: Partial<Rule>): void =>
    set({
      scopes: {
        ...policy.scopes,
        [scope]: { ...policy.scopes[scope], [kind]: { ...policy.scopes[scope][kind], ...part } },
      },
    })
  return (
    <Paper>
      <Title order={2}>{t('policy.scopes')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('policy.weighty')}: {t('policy.weightyHint')}
      </Text>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing="xs" aria-label={t('policy.scopes')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('policy.partnership')}</Table.Th>
              <Table.Th scope="col">{t('policy.everyday')}</Table.Th>
              <Table.Th scope="col">{t('policy.weighty')}</Table.Th>
              <Table.Th scope="col">{t('policy.fourEyes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {SCOPES.map((scope) => {
              const name = t(`scope.${scope}`)
              const { everyday, weighty } = policy.scopes[scope]
              return (
                <Table.Tr key={scope}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td>
                    <LevelsInput
                      label={`${name}: ${t('policy.everyday')}`}
                      value={everyday.levels}
                      onChange={(levels) => change(scope, 'everyday', { levels })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <LevelsInput
                      label={`${name}: ${t('policy.weighty')}`}
                      value={weighty.levels}
                      onChange={(levels) => change(scope, 'weighty', { levels })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Stack gap={4} style={{ whiteSpace: 'nowrap' }}>
                      <Checkbox
                        label={t('policy.everyday')}
                        checked={everyday.fourEyes}
                        onChange={(event) => change(scope, 'everyday', { fourEyes: event.currentTarget.checked })}
                      />
                      <Checkbox
                        label={t('policy.weighty')}
                        checked={weighty.fourEyes}
                        onChange={(event) => change(scope, 'weighty', { fourEyes: event.currentTarget.checked })}
                      />
                    </Stack>
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}

function Special({ policy, set }: Part) {
  const { t } = useTranslation(['approvals', 'common'])
  const change = (at: number, part: Partial<ApprovalPolicy['special'][number]>): void =>
    set({ special: policy.special.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <Paper>
      <Title order={2}>{t('policy.special')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {policy.special.length === 0 ? t('policy.noSpecial') : t('policy.specialText')}
      </Text>
      <Stack>
        {policy.special.map((one, at) => (
          <Group
            key={at}
            align="flex-end"
            gap="sm"
            component="section"
            aria-label={`${t('policy.special')} ${String(at + 1)}`}
          >
            <Select
              label={t('policy.kind')}
              allowDeselect={false}
              searchable
              data={COMMITMENTS.map((value) => ({ value, label: t(`commitment.${value}`) }))}
              value={one.commitment}
              onChange={(value) => {
                const commitment = COMMITMENTS.find((each) => each === value)
                if (commitment) change(at, { commitment, from: WITH_AMOUNT.has(commitment) ? one.from : null })
              }}
            />
            <Select
              label={t('policy.partnership')}
              allowDeselect={false}
              data={(['all', ...SCOPES] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
              value={one.scope}
              onChange={(value) => change(at, { scope: SCOPES.find((each) => each === value) ?? 'all' })}
            />
            {WITH_AMOUNT.has(one.commitment) ? (
              <NumberInput
                label={t('policy.from')}
                placeholder={t('policy.fromHint')}
                min={0}
                max={9_000_000_000_000}
                decimalScale={2}
                thousandSeparator=","
                value={one.from === null ? '' : one.from / 100}
                onChange={(value) => change(at, { from: typeof value === 'number' ? Math.round(value * 100) : null })}
              />
            ) : null}
            <Stack gap={2}>
              <Text fz="sm" fw={500}>
                {t('policy.asks')}
              </Text>
              <LevelsInput label={t('policy.asks')} value={one.levels} onChange={(levels) => change(at, { levels })} />
            </Stack>
            <Checkbox
              pb={8}
              label={t('policy.fourEyes')}
              checked={one.fourEyes}
              onChange={(event) => change(at, { fourEyes: event.currentTarget.checked })}
            />
            <Button
              variant="subtle"
              color="red"
              onClick={() => set({ special: policy.special.filter((_, index) => index !== at) })}
            >
              {t('common:remove')}
            </Button>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              set({
                special: [
                  ...policy.special,
                  { scope: 'all', commitment: 'sign-agreement', from: null, levels: ['c-level'], fourEyes: true },
                ],
              })
            }
          >
            {t('policy.addSpecial')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}

function Holders({ policy, set }: Part) {
  const { t } = useTranslation(['approvals', 'common'])
  return (
    <Paper>
      <Title order={2}>{t('policy.holders')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('policy.holdersText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {LEVELS.map((level) => (
          <MultiSelect
            key={level}
            label={t(`level.${level}`)}
            data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
            value={policy.holders[level]}
            onChange={(chosen) =>
              set({ holders: { ...policy.holders, [level]: ROLES.filter((role) => chosen.includes(role)) } })
            }
          />
        ))}
      </SimpleGrid>
    </Paper>
  )
}

function Clock({ policy, set }: Part) {
  const { t } = useTranslation('approvals')
  const { f } = useLocale()
  const { week } = policy
  const hours = (name: 'dueAfter' | 'escalateAfter' | 'expireAfter') => (
    <NumberInput
      label={t(`policy.${name}`)}
      min={1}
      max={1000}
      allowDecimal={false}
      value={policy[name]}
      onChange={(value) => set({ [name]: typeof value === 'number' && value >= 1 ? value : policy[name] })}
    />
  )
  const time = (name: 'from' | 'to', label: string) => (
    <Select
      label={label}
      allowDeselect={false}
      data={Array.from({ length: 49 }, (_, half) => ({
        value: String(half * 30),
        label: f.digits(`${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`),
      }))}
      value={String(week[name])}
      onChange={(value) => set({ week: { ...week, [name]: Number(value) } })}
    />
  )
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('policy.clock')}
      </Title>
      <Stack>
        <MultiSelect
          label={t('policy.days')}
          data={([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({ value: String(day), label: t(`weekday.${day}`) }))}
          value={week.days.map(String)}
          onChange={(chosen) =>
            set({ week: { ...week, days: [0, 1, 2, 3, 4, 5, 6].filter((day) => chosen.includes(String(day))) } })
          }
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {time('from', t('policy.start'))}
          {time('to', t('policy.end'))}
          <NumberInput
            label={t('policy.offset')}
            min={-12}
            max={14}
            step={0.5}
            value={week.utcOffset / 60}
            onChange={(value) =>
              set({ week: { ...week, utcOffset: typeof value === 'number' ? Math.round(value * 60) : week.utcOffset } })
            }
          />
          {hours('dueAfter')}
          {hours('escalateAfter')}
          <Select
            label={t('policy.escalateTo')}
            allowDeselect={false}
            data={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
            value={policy.escalateTo}
            onChange={(value) => set({ escalateTo: LEVELS.find((level) => level === value) ?? policy.escalateTo })}
          />
          {hours('expireAfter')}
        </SimpleGrid>
      </Stack>
    </Paper>
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
