import { Group, Text } from '@mantine/core'
import { IconRubberStamp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApprovalGate } from '#shared/projection/agreement-views.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** The gate that the company set itself: whose approval closing or signing lacks, or that it was asked for already. */
export function MissingApproval({ gate, of }: { readonly gate: ApprovalGate | null; readonly of: 'close' | 'sign' }) {
  const { t } = useTranslation('approvals')
  const { f } = useLocale()
  if (!gate) return null
  const whose = [...gate.levels.map((level) => t(`level.${level}`)), ...(gate.fourEyes ? [t('gate.fourEyes')] : [])]
  return (
    <Group gap={6} wrap="nowrap" mb="sm" align="flex-start" role="note">
      <IconRubberStamp size={18} color="var(--mantine-color-amber-text)" aria-hidden="true" style={{ flex: 'none' }} />
      <Text fz="sm">{gate.waits ? t('gate.waits') : t(`gate.${of}`, { levels: f.list(whose) })}</Text>
    </Group>
  )
}
