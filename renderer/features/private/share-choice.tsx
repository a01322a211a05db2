import { MultiSelect, Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataClass } from '#shared/artifacts/table.ts'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { CLASSES, oneOf } from './column-words.ts'

/** Which roles, and up to which class of column: the two things that a person decides who shares a table with colleagues. */
export function ShareChoice(props: {
  readonly roles: readonly Role[]
  readonly onRoles: (roles: readonly Role[]) => void
  readonly ceiling: DataClass
  readonly onCeiling: (ceiling: DataClass) => void
}) {
  const { t } = useTranslation('colleagues')
  return (
    <Stack>
      <RolesSelect
        label={t('form.roles')}
        description={t('form.rolesHint')}
        roles={props.roles}
        onRoles={props.onRoles}
      />
      <Radio.Group
        label={t('form.ceiling')}
        value={props.ceiling}
        onChange={(value) => props.onCeiling(oneOf(CLASSES, value, 'public'))}
      >
        <Stack gap="xs" mt={6}>
          {CLASSES.map((value) => (
            <Radio key={value} value={value} label={t(`ceiling.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  )
}

export function RolesSelect(props: {
  readonly label: string
  readonly description?: string
  readonly roles: readonly Role[]
  readonly onRoles: (roles: readonly Role[]) => void
}) {
  const { t } = useTranslation('common')
  return (
    <MultiSelect
      label={props.label}
      {...(props.description ? { description: props.description } : {})}
      data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={[...props.roles]}
      onChange={(next) => props.onRoles(ROLES.filter((role) => next.includes(role)))}
    />
  )
}
