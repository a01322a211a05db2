import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { termsIdOf, type Lack, type ReciprocityTerms } from '#shared/artifacts/reciprocity-terms.ts'
import type { SliceContent } from '#shared/disclosure/slice.ts'
import { lacksOf, sameWorth, worthOf } from '#shared/disclosure/worth.ts'
import type { CompanyId, SliceId } from '#shared/kernel/ids.ts'
import { readComposed } from '../artifacts/read-slice.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { checksBy, slicesOf, statedRevisions, type SliceCheck } from './reciprocity-facts.ts'

type DueCheck = SliceCheck & { readonly slice: SliceId }

/**
 * Opens the newest slices of another company that this device holds a key to, and holds each against our terms: only contents
 * that were really opened count, never what their owner says of them. A check is made once per revision and terms.
 */
export function dueChecks(
  hub: Hub,
  runtime: ChannelRuntime,
  other: CompanyId,
  terms: ReciprocityTerms,
): readonly DueCheck[] {
  const own = hub.identity.card.company
  const named = termsIdOf(runtime.crypto, terms)
  const made = new Set(
    checksBy(runtime, own, other).flatMap((check) => (check.terms === named ? [`${check.artifact}/${check.revision}`] : [])),
  ) // prettier-ignore
  const at = hub.context.clock.now()
  return slicesOf(runtime, other).flatMap(({ id: artifact, type }): readonly DueCheck[] => {
    const fact = statedRevisions(runtime, artifact).at(-1)?.fact
    if (!fact || made.has(`${artifact}/${fact.revision}`)) return []
    if (runtime.facts.eventsOf(artifact, 'slice-withdrawn').length > 0) return []
    const read = readComposed(runtime, artifact, fact.revision)
    // Without the key there is nothing to say: a slice that stays sealed to us gives us nothing.
    if (!read) return []
    const check = { artifact, revision: fact.revision, slice: fact.slice, by: own, at, terms: named }
    if (read.id !== fact.slice) return [{ ...check, lacks: [{ lack: 'unsound' }], worth: null }]
    const content = read.content.slice as unknown as SliceContent
    const worth = worthOf(content)
    const lacks: Lack[] = [...lacksOf(content, type, terms)]
    if (!fact.worth || !sameWorth(fact.worth, worth)) lacks.push({ lack: 'worth-differs' })
    return [{ ...check, lacks, worth }]
  })
}

export const sayCheck = ({ artifact, revision, slice, terms, lacks, worth }: DueCheck): Saying => ({
  kind: 'event',
  payload: writeArtifactEvent({ type: 'slice-checked', artifact, revision, slice, terms, lacks: [...lacks], worth }),
})
