import { useMemo, type ReactNode } from 'react'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import type { Field } from '#shared/artifacts/field.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import { changeGates, readChangeDraft, type ChangeDraft, type ChangeGate } from '#shared/decisions/change-draft.ts'
import type { ChangeView } from '#shared/projection/change-views.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import { DraftDeskContext } from '#ui/app/draft-field.tsx'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'

/** The open change request as its screens work with it: the draft as merged, what stands in its way, and what was logged. */
interface Desk {
  readonly live: LiveDocument
  readonly change: ChangeView
  readonly draft: ChangeDraft
  readonly gates: readonly ChangeGate[]
}
const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

const definitionOf = (set: string, field: string): Field | undefined =>
  fieldAt(ChangeRequest, 'joint', `${set}.${field}`)

/** Reads the draft once per change, for every screen below. */
export function DeskProvider(props: {
  readonly live: LiveDocument
  readonly change: ChangeView
  readonly children: ReactNode
}) {
  const { live, change, children } = props
  const version = useLive(live)
  const value = useMemo((): Desk => {
    const draft = readChangeDraft(live.registers)
    return { live, change, draft, gates: changeGates(draft) }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [live, change, version])
  const fields = useMemo(() => ({ live, artifact: change.id, definitionOf }), [live, change.id])
  return (
    <DeskContext value={value}>
      <DraftDeskContext value={fields}>{children}</DraftDeskContext>
    </DeskContext>
  )
}
