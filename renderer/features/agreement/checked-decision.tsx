import { Group, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CheckedDecision } from '#shared/evidence/report.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Part } from './report-part.tsx'

/** A decision as the facts in a pack come to it: what, who signed, and what was said without effect. */
export function CheckedDecisionView({ decision }: { readonly decision: CheckedDecision }) {
  const { t } = useTranslation(['evidence', 'common'])
  const { f, pick } = useLocale()
  const sentence = useFactWords(decision.kind)
  const { title, round, outcome, result, signed, facts, refused } = decision
  return (
    <>
      <Part title={t('part.decision')}>
        <Text fz="sm">
          <bdi>{pick(title)}</bdi> ({t('part.round', { number: f.number(round) })})
        </Text>
        {outcome ? (
          <Text fz="sm" fw={500}>
            {t('part.decided')}: <bdi>{pick(outcome)}</bdi>
          </Text>
        ) : null}
        <Group gap="sm">
          <Text fz="sm" c="dimmed">
            {t('part.facts', { number: f.number(facts) })}
          </Text>
          <HashBadge hash={result} label={t('part.result')} />
        </Group>
      </Part>
      <Part title={t('part.signedResult')}>
        {signed.map(({ person, company, roles, claimedAt, witnessedAt }) => (
          <div key={`${company.en}/${person.en}`}>
            <Text fz="sm">
              <bdi>{pick(person)}</bdi> · <bdi>{pick(company)}</bdi> ·{' '}
              {f.list(ROLES.filter((role) => roles.includes(role)).map((role) => t(`common:role.${role}`)))}
            </Text>
            <Text fz="sm" c="dimmed">
              {t('time.claimed')} <When at={claimedAt} withTime both={false} />
              {witnessedAt === null ? null : (
                <>
                  {' '}
                  · {t('time.witnessed')} <When at={witnessedAt} withTime both={false} />
                </>
              )}
            </Text>
          </div>
        ))}
      </Part>
      {refused.length > 0 ? (
        <Part title={t('part.refused')}>
          <List size="sm">
            {refused.map(({ entry, person, type, code }) => (
              <List.Item key={entry}>
                <bdi>{pick(person)}</bdi> · {sentence('fact', type)}: {sentence('refusal', code)}
              </List.Item>
            ))}
          </List>
        </Part>
      ) : null}
    </>
  )
}

/** The words of a kind of decision for its facts and refusals; the code where a later verifier knows more of them. */
function useFactWords(kind: CheckedDecision['kind']): (what: 'fact' | 'refusal', code: string) => string {
  const { t, i18n } = useTranslation([kind])
  return (what, code) => {
    const key = `${kind}:${what}.${code}`
    return i18n.exists(key) ? t(key as 'decision:fact.decision-opened') : code
  }
}
