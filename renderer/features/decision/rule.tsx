import { Alert, Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DIMENSIONS, type DecisionPolicy } from '#shared/artifacts/decision-content.ts'
import { policyOf } from '#shared/decisions/draft.ts'
import { DraftChoice, DraftCount, DraftRoles } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { useRuleWords } from './rule-words.ts'
import { Voters } from './voters.tsx'

/** How it is decided: the rule as values, and what it does in words. */
export function Rule() {
  const { t } = useTranslation('decision')
  const { f } = useLocale()
  const { draft, gates } = useDesk()
  const policy = policyOf(draft)
  const place = { set: 'policy' as const, row: draft.policy }
  const count = (field: string, most = 100, least = 0) => <DraftCount {...place} field={field} most={most} least={least} />
  const sum = policy ? DIMENSIONS.reduce((all, name) => all + policy.dimensions[name], 0) : 0
  const weights = draft.voters.flatMap(({ values }) => values.weight ?? [])
  return (
    <Stack gap="lg">
      {policy ? <InWords policy={policy} weights={weights} /> : null}
      {gates.includes('standards-need-unanimity') ? <Alert color="red">{t('gate.standards-need-unanimity')}</Alert> : null}
      <Paper>
        <Title order={2} mb="md">
          {t('rule.title')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
          <DraftChoice {...place} field="kind" />
          {policy?.kind === 'consent' ? null : count('threshold')}
          {policy?.kind === 'weighted-majority' ? count('leastYes') : null}
          {count('quorum')}
          <DraftChoice {...place} field="abstain" />
          <DraftChoice {...place} field="sealed" />
          {policy?.sealed === false ? null : count('revealDays', 30, 1)}
          {count('mediationDays', 365, 1)}
          {count('leeway')}
          {count('dissent')}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="md">
          <DraftRoles {...place} field="approvers" />
          <DraftRoles {...place} field="vetoRoles" hint={t('rule.vetoHint')} />
        </SimpleGrid>
      </Paper>
      <Voters />
      <Paper>
        <Title order={2} mb={4}>
          {t('dimensions.title')}
        </Title>
        <Text fz="sm" c="dimmed" mb="md">
          {t('dimensions.about')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
          {DIMENSIONS.map((name) => (
            <DraftCount key={name} {...place} field={name} most={100} hint={t(`dimensions.${name}Hint`)} />
          ))}
        </SimpleGrid>
        {sum === 100 || !policy ? null : (
          <Text c="red" fz="sm" mt="sm" role="alert">
            {t('dimensions.sum', { sum: f.number(sum) })}
          </Text>
        )}
      </Paper>
    </Stack>
  )
} // prettier-ignore

/** A rule as sentences, with what may surprise. */
export function InWords({ policy, weights }: { readonly policy: DecisionPolicy; readonly weights: readonly number[] }) {
  const { t } = useTranslation('decision')
  const { sentences, warnings } = useRuleWords()(policy, weights)
  return (
    <Paper component="section" aria-label={t('rule.inWords')}>
      <Title order={2} mb="xs">
        {t('rule.inWords')}
      </Title>
      <List spacing={4}>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {warnings.map((warning) => (
        <Group key={warning} gap="xs" mt="sm" wrap="nowrap" align="flex-start" role="note">
          <IconAlertTriangle size={18} color="var(--mantine-color-amber-6)" style={{ flex: 'none' }} aria-hidden="true" />
          <Text fz="sm">{warning}</Text>
        </Group>
      ))}
    </Paper>
  )
} // prettier-ignore
