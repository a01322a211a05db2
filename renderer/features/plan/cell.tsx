import { Box, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import type { Plain } from '#shared/living/register.ts'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import { Control } from './control.tsx'
import { useDesk, type Row } from './desk.tsx'
import classes from './plan.module.css'
import { useShown } from './shown.tsx'

export interface CellProps {
  readonly set: PlanSet
  readonly row: Row<PlanSet>
  readonly field: string
  /** What the record is called, for whoever hears the label. */
  readonly name: string
  /** Shows the label above the control; in a table the column says it. */
  readonly labelled?: boolean
}

/** One field of one record: edited in place, with who else is in it and what was written apart. */
export function Cell({ set, row, field, name, labelled = false }: CellProps) {
  const { t } = useTranslation('plan')
  const { live, mayWrite, artifact } = useDesk()
  const shown = useShown()
  const label = useLabel()
  const { pick } = useLocale()
  const model = fieldsOf(set)[field]
  if (model === undefined) return null
  const where = `${set}/${row.id}/${field}`
  const here = live.others.find((other) => other.where === where)
  const value = (row.values as Readonly<Record<string, Plain>>)[field] ?? null
  const words = label(model.label)
  const held = row.conflicts.get(field)
  const save = (next: Plain): void => live.set(set, row.id, field, next ?? undefined)
  const place = { model, set, field, row }
  return (
    <Box
      className={classes.cell}
      data-where={where}
      {...(here ? { 'data-other': true } : {})}
      {...(held ? { 'data-conflict': true } : {})}
    >
      <Control
        {...place}
        value={value}
        save={save}
        common={{
          ...(labelled ? { label: words } : { 'aria-label': `${words}: ${name}` }),
          readOnly: !mayWrite,
          onFocus: () => live.present(where),
          onBlur: () => live.present(null),
        }}
      />
      {here ? (
        <Text fz={11} className={classes.here}>
          {here.who ? pick(here.who.person.name) : t('presence.otherWindow')}
        </Text>
      ) : null}
      <ConflictMark
        live={live}
        artifact={artifact}
        set={set}
        record={row.id}
        field={field}
        definition={model}
        held={held}
        show={(one) => shown(place, one)}
      />
    </Box>
  )
}
