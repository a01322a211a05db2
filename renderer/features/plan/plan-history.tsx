import { JointInitiativePlan, type PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import { History } from '#ui/app/history.tsx'
import { blankRow, useDesk, type Row } from './desk.tsx'
import { useShown } from './shown.tsx'

const isSet = (set: string): set is PlanSet => Object.hasOwn(JointInitiativePlan.sections.joint.fields, set)

/** Who changed what in the plan, with names for what its cells refer to. */
export function PlanHistory() {
  const { artifact, mayWrite, rows, recordName } = useDesk()
  const shown = useShown()
  const rowOf = (set: PlanSet, id: string): Row<PlanSet> | undefined =>
    (rows(set) as readonly Row<PlanSet>[]).find((row) => row.id === id)
  return (
    <History
      artifact={artifact}
      type={JointInitiativePlan}
      mayWrite={mayWrite}
      words={{
        record: (set, id) => (isSet(set) && set !== 'plan' && rowOf(set, id) ? recordName(set, id) : ''),
        value: ({ set, record, field }, value) => {
          if (!isSet(set) || field === null || value === null) return undefined
          const model = fieldsOf(set)[field]
          // What an older version or a stranger's program wrote need not fit: it is shown as it is.
          if (!model?.schema.safeParse(value).success) return undefined
          return shown({ model, set, field, row: rowOf(set, record) ?? blankRow }, value)
        },
      }}
    />
  )
}
