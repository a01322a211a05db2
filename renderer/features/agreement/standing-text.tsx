import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Standing } from '#shared/agreement/authority.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** On what somebody's signature rests, or why they may not sign. */
export function StandingText({ standing }: { readonly standing: Standing | null }) {
  const { t } = useTranslation('agreement')
  const { f } = useLocale()
  if (standing === null)
    return (
      <Text fz="sm" c="dimmed">
        {t('standing.unknown')}
      </Text>
    )
  const { basis, limit, joint, refusal } = standing
  const rests = basis
    ? [
        t(`standing.${basis}`),
        ...(basis === 'authority' ? [limit === null ? t('standing.noLimit') : t('standing.limit', { limit: f.money(limit) })] : []),
        ...(joint ? [t('standing.joint')] : []),
      ].join(' · ')
    : null
  return (
    <>
      {rests ? (
        <Text fz="sm" c="dimmed">
          {rests}
        </Text>
      ) : null}
      {refusal ? (
        <Text fz="sm" c="red.7">
          {t(`mayNot.${refusal}`)}
        </Text>
      ) : null}
    </>
  )
} // prettier-ignore
