import { Group, List, Paper, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PARTNERSHIPS, SCOPES, type ApprovalPolicy, type Rule, type Scope } from '#shared/approvals/policy.ts'
import type { ApprovalPolicyView } from '#shared/projection/approval-views.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** What the policy means, in sentences, and what is wrong with it. */
export function PolicyMeaning({
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
