import { Badge, type MantineSize } from '@mantine/core'
import { IconLock, IconUsers, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DataClass } from '#shared/artifacts/table.ts'
import classes from './class-badge.module.css'

const LOOK = {
  public: { color: 'gray', Icon: IconWorld },
  'shared-confidential': { color: 'sand', Icon: IconUsers },
  private: { color: 'ink', Icon: IconLock },
} as const

/** A data class by icon, colour and word, so that it never rests on colour alone. */
export function ClassBadge({ dataClass, size = 'sm' }: { readonly dataClass: DataClass; readonly size?: MantineSize }) {
  const { t } = useTranslation()
  const { color, Icon } = LOOK[dataClass]
  return (
    <Badge
      variant="light"
      color={color}
      size={size}
      classNames={{ root: classes.badge, label: classes.label }}
      leftSection={<Icon size={12} aria-hidden="true" />}
    >
      {t(`class.${dataClass}`)}
    </Badge>
  )
}
