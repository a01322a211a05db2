import type { Place } from '../contradictions/place.ts'
import type { RuleId, Severity } from '../contradictions/rules.ts'
import type { ArtifactId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

/** One of the two places, as the screen shows it and opens it. */
export interface ContradictionPlace extends Pick<
  Place,
  'artifact' | 'type' | 'title' | 'anchor' | 'label' | 'text' | 'version' | 'standing' | 'audience'
> {
  readonly workspaceName: Bilingual
  /** Where it is opened: a capacity plan on the page of its forecast. */
  readonly opens: { readonly area: 'document' | 'artifact'; readonly id: ArtifactId }
}
export interface ContradictionView {
  /** Names the rule and the two places. */
  readonly id: string
  /** Names both values as they are now: what is set aside is exactly this. */
  readonly seen: string
  readonly rule: RuleId
  readonly severity: Severity
  readonly sentence: Bilingual
  readonly places: readonly [ContradictionPlace, ContradictionPlace]
  /** Further places of the same two documents that contradict each other less. */
  readonly more: number
  /** It rests on what lies in our vault alone. */
  readonly private: boolean
  readonly draft: boolean
  readonly aside: { readonly reason: string; readonly by: Bilingual; readonly at: Instant } | null
}
/** What this device can see contradict itself now, the gravest first, what was set aside last. */
export interface ContradictionsView {
  readonly findings: readonly ContradictionView[]
  /** How many documents were compared. */
  readonly compared: number
}
