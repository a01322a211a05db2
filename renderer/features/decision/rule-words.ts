import { useTranslation } from 'react-i18next'
import type { DecisionPolicy } from '#shared/artifacts/decision-content.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** What a policy does, in sentences, and what about it may surprise. */
export interface RuleWords {
  readonly sentences: readonly string[]
  readonly warnings: readonly string[]
}

/** Says a policy in words for companies of these weights. */
export function useRuleWords(): (policy: DecisionPolicy, weights: readonly number[]) => RuleWords {
  const { t } = useTranslation(['decision', 'common'])
  const { f } = useLocale()
  return (policy, weights) => {
    const { kind, threshold, quorum, leastYes, abstain, sealed, vetoRoles, approvers, mediationDays } = policy
    const points = f.number(threshold)
    const share = (percent: number): string => f.percent(percent / 100, 0)
    const roles = (list: DecisionPolicy['approvers']): string => f.list(list.map((role) => t(`common:role.${role}`)))
    const sentences = [
      t(`rule.kind.${kind}`, { points, share: share(leastYes) }),
      quorum === 100
        ? t('rule.allPresent')
        : quorum > 0
          ? t('rule.quorum', { share: share(quorum) })
          : t('rule.noQuorum'),
      t(`rule.abstain.${abstain}`),
      t(sealed ? 'rule.sealed' : 'rule.notSealed'),
      ...(vetoRoles.length > 0 ? [t('rule.veto', { roles: roles(vetoRoles) })] : []),
      ...(approvers.length > 0 ? [t('rule.approvers', { roles: roles(approvers) })] : []),
      t('rule.tie', { count: mediationDays }),
    ]
    const equal = new Set(weights).size === 1
    const total = weights.reduce((sum, one) => sum + one, 0)
    const alone = kind === 'weighted-majority' && weights.some((one) => one * 100 >= Math.max(leastYes, quorum) * total)
    const warnings = [
      ...(kind === 'weighted-majority' && weights.length === 2 && equal && leastYes > 50 ? [t('rule.warn.twoEqual')] : []),
      ...(kind === 'weighted-majority' && leastYes <= 50 ? [t('rule.warn.half')] : []),
      ...(alone && weights.length > 1 ? [t('rule.warn.alone')] : []),
      ...(kind !== 'weighted-majority' && quorum < 100 ? [t('rule.warn.absent')] : []),
    ] // prettier-ignore
    return { sentences, warnings }
  }
}
