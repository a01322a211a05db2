import { useMemo, type ReactNode } from 'react'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import type { Field } from '#shared/artifacts/field.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import { readTopicDraft, topicGates, type TopicDraft, type TopicGate } from '#shared/decisions/convergence-draft.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { NegotiationView } from '#shared/projection/convergence-views.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import { DraftDeskContext } from '#ui/app/draft-field.tsx'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'

/** The open negotiation as its screens work with it: the draft as merged, what stands in its way, and what was requested. */
interface Desk {
  readonly live: LiveDocument
  readonly negotiation: NegotiationView
  readonly draft: TopicDraft
  readonly gates: readonly TopicGate[]
}
const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

const definitionOf = (set: string, field: string): Field | undefined =>
  fieldAt(CoordinationTopic, 'joint', `${set}.${field}`)

/** Reads the draft once per change, for every screen below. */
export function DeskProvider(props: {
  readonly live: LiveDocument
  readonly negotiation: NegotiationView
  readonly children: ReactNode
}) {
  const { live, negotiation, children } = props
  const version = useLive(live)
  const value = useMemo((): Desk => {
    const draft = readTopicDraft(live.registers)
    return { live, negotiation, draft, gates: topicGates(draft, Date.now() as Instant) }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [live, negotiation, version])
  const fields = useMemo(() => ({ live, artifact: negotiation.id, definitionOf }), [live, negotiation.id])
  return (
    <DeskContext value={value}>
      <DraftDeskContext value={fields}>{children}</DraftDeskContext>
    </DeskContext>
  )
}
