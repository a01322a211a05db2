import { Anchor, Badge, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconArrowsSplit2, IconDiamond } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { gatesOf, nextGate } from '#shared/initiatives/gate.ts'
import type { Milestone } from '#shared/initiatives/plan.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import type { ScheduleProblem } from '#shared/initiatives/schedule.ts'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { Said } from '#ui/parts/said.tsx'
import { useDesk, type Disputed } from './desk.tsx'
import { useMilestoneWords } from './milestone-words.ts'

/** What is due, what is late, what waits for a choice, and which gate comes next. */
export function Overview() {
  const { t } = useTranslation('plan')
  const { plan, schedule, today, artifact, conflicts } = useDesk()
  const { f, pick } = useLocale()
  const standing = (which: string): readonly Milestone[] =>
    plan.milestones
      .filter(({ id }) => schedule.timed.get(id)?.standing === which)
      .toSorted((left, right) => ((left.due ?? '') < (right.due ?? '') ? -1 : 1))
  const late = standing('late')
  const soon = standing('due-soon')
  const done = standing('done').length
  const gate = nextGate(gatesOf(plan, today))
  const objective = pick({ en: plan.about.objectiveEn ?? '', ar: plan.about.objectiveAr ?? '' })
  return (
    <Stack>
      {objective ? (
        <Said fz="lg" maw="52rem">
          {objective}
        </Said>
      ) : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label={t('overview.done')} value={t('overview.of', { done, all: plan.milestones.length })} />
        <Figure label={t('overview.late')} value={f.number(late.length)} color={late.length > 0 ? 'red' : undefined} />
        <Figure label={t('overview.soon')} value={f.number(soon.length)} />
        <Figure
          label={t('overview.end')}
          value={plan.about.end ? <When at={plan.about.end} both={false} /> : t('notSet')}
        />
      </SimpleGrid>
      {conflicts.length > 0 ? <Conflicts conflicts={conflicts} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper>
          <Title order={2} mb="sm">
            {t('overview.lateAndSoon')}
          </Title>
          {late.length + soon.length === 0 ? (
            <Text c="dimmed">{plan.milestones.length === 0 ? t('overview.start') : t('overview.nothingDue')}</Text>
          ) : (
            <Table>
              <Table.Tbody>
                {[...late, ...soon].map((milestone) => (
                  <Due key={milestone.id} milestone={milestone} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Paper>
        <Stack>
          <Paper>
            <Group gap="xs" mb="xs">
              <IconDiamond size={18} aria-hidden="true" />
              <Title order={2}>{t('overview.nextGate')}</Title>
            </Group>
            {gate ? (
              <Stack gap={4}>
                <Anchor href={hrefOf(to.document(artifact, 'gates'))} fw={600}>
                  <bdi>
                    {pick({ en: gate.milestone.titleEn ?? '', ar: gate.milestone.titleAr ?? '' }) || t('unnamed')}
                  </bdi>
                </Anchor>
                <Text fz="sm">
                  {gate.milestone.due ? <When at={gate.milestone.due} /> : t('notSet')}
                  {t('separator')}
                  {t('gates.openCount', { count: gate.open.length })}
                </Text>
              </Stack>
            ) : (
              <Text c="dimmed">{t('overview.noGate')}</Text>
            )}
          </Paper>
          <Problems problems={schedule.problems} />
        </Stack>
      </SimpleGrid>
      <DisputesAbout kind="plan" id={artifact} />
    </Stack>
  )
}

function Figure(props: { readonly label: string; readonly value: ReactNode; readonly color?: string | undefined }) {
  return (
    <Paper py="md">
      <Text fz="sm" c="dimmed">
        {props.label}
      </Text>
      <Text fz={22} fw={600} className="tabular" {...(props.color ? { c: props.color } : {})}>
        {props.value}
      </Text>
    </Paper>
  )
}

function Due({ milestone }: { readonly milestone: Milestone }) {
  const { t } = useTranslation('plan')
  const { schedule, companyName } = useDesk()
  const words = useMilestoneWords()
  const timed = schedule.timed.get(milestone.id)
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} ps={0}>
        <bdi>{words.title(milestone)}</bdi>
        <Text fz="xs" c="dimmed">
          <bdi>
            {[milestone.owner ? companyName(milestone.owner) : '', milestone.person ?? '']
              .filter(Boolean)
              .join(t('separator'))}
          </bdi>
        </Text>
      </Table.Th>
      <Table.Td ta="end" pe={0}>
        {milestone.due ? <When at={milestone.due} both={false} /> : null}
        <div>
          {timed?.standing === 'late' ? (
            <Badge size="sm" color="red" variant="light">
              {t('overview.daysLate', { count: timed.daysLate })}
            </Badge>
          ) : null}
        </div>
      </Table.Td>
    </Table.Tr>
  )
}

const TAB_OF: Readonly<Partial<Record<Disputed['set'], string>>> = {
  plan: 'about', activities: 'roles', raci: 'roles', usage: 'resources', readings: 'kpis', criteria: 'gates', outputs: 'about', links: 'about',
} // prettier-ignore

function Conflicts({ conflicts }: { readonly conflicts: readonly Disputed[] }) {
  const { t } = useTranslation('plan')
  const { artifact, recordName } = useDesk()
  const label = useLabel()
  return (
    <Paper>
      <Group gap="xs" mb="xs">
        <IconArrowsSplit2 size={18} aria-hidden="true" />
        <Title order={2}>{t('overview.conflicts')}</Title>
      </Group>
      <Text fz="sm" c="dimmed" mb="xs">
        {t('conflict.text')}
      </Text>
      <Stack gap={4} component="ul" style={{ paddingInlineStart: 18, margin: 0 }}>
        {conflicts.map(({ set, id, field }) => (
          <li key={`${set}/${id}/${field ?? ''}`}>
            <Anchor href={hrefOf(to.document(artifact, TAB_OF[set] ?? set))}>
              <bdi>{recordName(set, id)}</bdi>
              {t('separator')}
              {field === null ? t('disputed.short') : label(fieldsOf(set)[field]?.label)}
            </Anchor>
          </li>
        ))}
      </Stack>
    </Paper>
  )
}

function Problems({ problems }: { readonly problems: readonly ScheduleProblem[] }) {
  const { t } = useTranslation('plan')
  const { nameOf } = useDesk()
  const { f } = useLocale()
  if (problems.length === 0) return null
  const text = (problem: ScheduleProblem): string => {
    switch (problem.code) {
      case 'cycle':
        return t('problem.cycle', { names: f.list(problem.milestones.map(nameOf)) })
      case 'too-early':
        return t('problem.too-early', { name: nameOf(problem.milestone), on: nameOf(problem.on), count: problem.days })
      case 'done-ahead-of':
        return t('problem.done-ahead-of', { name: nameOf(problem.milestone), on: nameOf(problem.on) })
      case 'after-plan-end':
      case 'before-plan-start':
        return t(`problem.${problem.code}`, { name: nameOf(problem.milestone), count: problem.days })
      case 'unknown-dependency':
      case 'ends-before-start':
      case 'undated':
        return t(`problem.${problem.code}`, { name: nameOf(problem.milestone) })
    }
  }
  return (
    <Paper>
      <Group gap="xs" mb="xs">
        <IconAlertTriangle size={18} aria-hidden="true" />
        <Title order={2}>{t('overview.check')}</Title>
      </Group>
      <Stack gap={4} component="ul" style={{ paddingInlineStart: 18, margin: 0 }}>
        {problems.slice(0, 12).map((problem, at) => (
          <li key={at}>
            <Text fz="sm" component="span">
              {text(problem)}
            </Text>
          </li>
        ))}
      </Stack>
      {problems.length > 12 ? (
        <Text fz="sm" c="dimmed" mt="xs">
          {t('overview.more', { count: problems.length - 12 })}
        </Text>
      ) : null}
    </Paper>
  )
}
