import { MultiSelect, Select } from '@mantine/core'
import type { Field } from '#shared/artifacts/field.ts'
import type { PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Plain } from '#shared/living/register.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import { useDesk, type Row } from './desk.tsx'
import { kindOf, SET_OF } from './field-kind.ts'
import { TypedCell } from './typed-cell.tsx'

export interface Place {
  readonly model: Field
  readonly set: PlanSet
  readonly field: string
  readonly row: Row<PlanSet>
}
export interface ControlProps extends Place {
  readonly value: Plain
  readonly save: (value: Plain) => void
  readonly common: {
    readonly label?: string
    readonly 'aria-label'?: string
    readonly readOnly: boolean
    readonly onFocus: () => void
    readonly onBlur: () => void
  }
}

/** The control that fits a field: a choice where the values are known, else a line to type in. */
export function Control(props: ControlProps) {
  const { model, set, field, row, value, common, save } = props
  const label = useLabel()
  const { companies, plan, nameOf, recordName } = useDesk()
  const { pick, f } = useLocale()
  const one = (data: readonly { readonly value: string; readonly label: string }[]) => (
    <Select
      {...common}
      data={data}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : null}
      onChange={(next) => save(next !== null && kind === 'rating' ? Number(next) : next)}
      clearable={!common.readOnly && value !== null}
      searchable={data.length > 8}
    />
  )
  const kind = kindOf(set, field, model)
  switch (kind) {
    case 'company':
      return one(companies.map(({ id, name }) => ({ value: id, label: pick(name) })))
    case 'record':
      return one(
        plan[SET_OF[field] ?? 'milestones'].map(({ id }) => ({
          value: id,
          label: recordName(SET_OF[field] ?? 'milestones', id),
        })),
      )
    case 'rating':
      return one([1, 2, 3, 4, 5].map((rating) => ({ value: String(rating), label: f.number(rating) })))
    case 'choice':
      return one(Object.entries(model.options ?? {}).map(([option, words]) => ({ value: option, label: label(words) })))
    case 'records':
      return (
        <MultiSelect
          {...common}
          // With a line to search in, every filled cell would be a line higher.
          searchable={plan.milestones.length > 12}
          data={plan.milestones.filter(({ id }) => id !== row.id).map(({ id }) => ({ value: id, label: nameOf(id) }))}
          value={(Array.isArray(value) ? (value as readonly string[]) : []).filter((id) =>
            plan.milestones.some((milestone) => milestone.id === id),
          )}
          onChange={(ids) => save(ids.length === 0 ? null : ids)}
        />
      )
    case 'date':
    case 'money':
    case 'number':
    case 'note':
    case 'line':
      return <TypedCell {...props} kind={kind} />
  }
}
