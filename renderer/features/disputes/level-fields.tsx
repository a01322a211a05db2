import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { WINDOW_UNITS, type DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { useLocale } from '#ui/parts/locale.ts'

const MOST_LEVELS = 6
const NEW_LEVEL: DisputeLevel = { kind: 'arbitration', roles: ['ceo'], length: 5, unit: 'working-days', mediator: '' }
const KINDS = ['mediation', 'arbitration'] as const

/** Roles of each company, any of which will do. */
export function RolesField(props: {
  readonly label: string
  readonly value: readonly Role[]
  readonly onChange: (roles: readonly Role[]) => void
}) {
  const { t } = useTranslation('common')
  return (
    <MultiSelect
      label={props.label}
      data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={[...props.value]}
      // A level without anybody could not run: the last role stays.
      onChange={(next) => next.length > 0 && props.onChange(ROLES.filter((role) => next.includes(role)))}
    />
  )
}

/** The levels that are proposed: mediation and arbitration in any order, each with its people and its time. */
export function LevelFields({
  levels,
  onChange,
}: {
  readonly levels: readonly DisputeLevel[]
  readonly onChange: (levels: readonly DisputeLevel[]) => void
}) {
  const { t } = useTranslation('dispute')
  return (
    <Stack gap="lg">
      {levels.map((level, at) => (
        <OneLevel
          // oxlint-disable-next-line react/no-array-index-key -- a level has no other name than its place
          key={at}
          at={at}
          level={level}
          onChange={(next) => onChange(levels.with(at, next))}
          onRemove={levels.length > 1 ? () => onChange(levels.toSpliced(at, 1)) : null}
        />
      ))}
      {levels.length < MOST_LEVELS ? (
        <Group>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => onChange([...levels, NEW_LEVEL])}
          >
            {t('new.levelAdd')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}

function OneLevel(props: {
  readonly at: number
  readonly level: DisputeLevel
  readonly onChange: (level: DisputeLevel) => void
  readonly onRemove: (() => void) | null
}) {
  const { at, level, onChange, onRemove } = props
  const { t } = useTranslation('dispute')
  const { f } = useLocale()
  const number = f.number(at + 1)
  const set = (part: Partial<DisputeLevel>): void => onChange({ ...level, ...part })
  return (
    <Fieldset legend={t('new.level', { number })}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('new.levelKind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`path.level.${kind}`) }))}
          value={level.kind}
          allowDeselect={false}
          onChange={(next) => set({ kind: KINDS.find((kind) => kind === next) ?? level.kind, mediator: '' })}
        />
        <RolesField
          label={t(level.kind === 'mediation' ? 'new.levelRolesMediation' : 'new.levelRolesArbitration')}
          value={level.roles}
          onChange={(roles) => set({ roles: [...roles] })}
        />
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t('new.levelLength')}
            min={1}
            max={365}
            allowDecimal={false}
            clampBehavior="strict"
            style={{ flex: 1 }}
            value={level.length}
            onChange={(next) => typeof next === 'number' && next >= 1 && set({ length: next })}
          />
          <Select
            label={t('new.levelUnit')}
            style={{ flex: 1 }}
            data={WINDOW_UNITS.map((unit) => ({ value: unit, label: t(`new.unit.${unit}`) }))}
            value={level.unit}
            allowDeselect={false}
            onChange={(next) => set({ unit: WINDOW_UNITS.find((unit) => unit === next) ?? level.unit })}
          />
        </Group>
        {level.kind === 'mediation' ? (
          <TextInput
            label={t('new.levelMediator')}
            description={t('new.levelMediatorHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="auto"
            maxLength={200}
            value={level.mediator}
            onChange={(event) => set({ mediator: event.currentTarget.value })}
          />
        ) : null}
      </SimpleGrid>
      {onRemove ? (
        <Group justify="flex-end" mt="xs">
          <ActionIcon variant="subtle" color="red" aria-label={t('new.levelRemove', { number })} onClick={onRemove}>
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ) : null}
    </Fieldset>
  )
} // prettier-ignore
