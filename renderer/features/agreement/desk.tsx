import { dateOf, type Instant } from '#shared/kernel/time.ts'
import { useMemo, type ReactNode } from 'react'
import { clausesOf, readDraft, type Draft } from '#shared/agreement/draft.ts'
import { gatesOf, type Gate } from '#shared/agreement/gates.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { Artifact } from '#shared/artifacts/define.ts'
import type { Clause } from '#shared/artifacts/agreement-content.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import type { Field } from '#shared/artifacts/field.ts'
import type { AgreementView } from '#shared/projection/agreement-views.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'

/** The open agreement as its screens work with it: the draft as merged, what stands in its way, and how to write it. */
export interface Desk {
  readonly live: LiveDocument
  readonly agreement: AgreementView
  readonly kind: AgreementKind
  readonly artifact: Artifact
  readonly draft: Draft
  readonly clauses: readonly Clause[]
  readonly gates: readonly Gate[]
}

/** `agreement`, `terms`, `parties`, `clauses`, `signatories`, `comments`, or one of the kind's tables. */
export type DraftSet = string

const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

/** Reads the draft once per change, for every screen below. */
export function DeskProvider(props: {
  readonly live: LiveDocument
  readonly agreement: AgreementView
  readonly children: ReactNode
}) {
  const { live, agreement, children } = props
  const version = useLive(live)
  const value = useMemo((): Desk => {
    const [kind, artifact] = [agreementKind(agreement.type), artifactOf(agreement.type)]
    if (!kind || !artifact) throw new Error(`no kind of agreement: ${agreement.type}`)
    const today = dateOf(Date.now() as Instant)
    const draft = readDraft(kind, live.registers, artifact.sections['joint']?.fields ?? {})
    return {
      live,
      agreement,
      kind,
      artifact,
      draft,
      clauses: clausesOf(kind, draft),
      gates: gatesOf(kind, draft, today),
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [live, agreement, version])
  return <DeskContext value={value}>{children}</DeskContext>
}

export const definitionOf = (artifact: Artifact, set: DraftSet, field: string): Field | undefined =>
  fieldAt(artifact, 'joint', `${set}.${field}`)
