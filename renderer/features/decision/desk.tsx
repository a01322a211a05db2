import { useMemo, type ReactNode } from 'react'
import { decisionGates, readDecisionDraft, type DecisionDraft, type DecisionGate } from '#shared/decisions/draft.ts' // prettier-ignore
import { fieldAt } from '#shared/artifacts/form-model.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import type { Field } from '#shared/artifacts/field.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { DecisionView, RoundView } from '#shared/projection/decision-views.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import { DraftDeskContext } from '#ui/app/draft-field.tsx'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'

/** The open decision as its screens work with it: the draft as merged, what stands in its way, and the rounds. */
export interface Desk {
  readonly live: LiveDocument
  readonly decision: DecisionView
  readonly draft: DecisionDraft
  readonly gates: readonly DecisionGate[]
  /** The round that counts, or the last. */
  readonly round: RoundView | undefined
}

const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

/** Reads the draft once per change, for every screen below. */
export function DeskProvider(props: {
  readonly live: LiveDocument
  readonly decision: DecisionView
  readonly children: ReactNode
}) {
  const { live, decision, children } = props
  const version = useLive(live)
  const value = useMemo((): Desk => {
    const draft = readDecisionDraft(live.registers)
    const standards = draft.affected.some(({ values }) =>
      decision.documents.some(({ id, type }) => id === values.artifact && type === 'StandardsDoc.v1'),
    )
    const round = decision.rounds.find(({ hash }) => hash === decision.current) ?? decision.rounds[0]
    return { live, decision, draft, round, gates: decisionGates(draft, Date.now() as Instant, standards) }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [live, decision, version])
  const fields = useMemo(() => ({ live, artifact: decision.id, definitionOf }), [live, decision.id])
  return (
    <DeskContext value={value}>
      <DraftDeskContext value={fields}>{children}</DraftDeskContext>
    </DeskContext>
  )
}

const definitionOf = (set: string, field: string): Field | undefined =>
  fieldAt(JointGovernanceDecision, 'joint', `${set}.${field}`)
