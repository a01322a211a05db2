import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { CheckOutcome } from '#shared/standards/check-outcome.ts'
import type { OpenQuestions } from '#shared/standards/compose-content.ts'
import type { StandardContent } from '#shared/standards/content.ts'
import type { Adoption, TestRun } from '#shared/standards/facts.ts'
import type { Bump, VersionRefusal } from '#shared/standards/semantic-version.ts'
import type { Bilingual } from './bilingual.ts'

/** What companies stated about a standard; the draft itself is open in the window. */
export interface StandardView {
  readonly artifact: ArtifactId
  readonly us: CompanyId
  readonly today: IsoDate
  readonly mayWrite: boolean
  readonly parties: readonly { readonly id: CompanyId; readonly name: Bilingual; readonly own: boolean }[]
  /** Earlier versions first. */
  readonly released: readonly ReleasedView[]
  readonly contested: readonly { readonly version: string; readonly by: readonly CompanyId[] }[]
  readonly adoptions: readonly Adoption[]
  readonly runs: readonly (TestRun & { readonly note: string })[]
}
export interface ReleasedView {
  readonly version: string
  readonly hash: string
  readonly by: CompanyId
  readonly at: Instant
  readonly content: StandardContent
  /** Test → hash of what it asks. */
  readonly definitions: Readonly<Record<string, string>>
}

/** A draft as it would be released now. */
export interface ReleasePreview {
  /** Of the content, to be named again at the release: what is frozen is what was shown. */
  readonly hash: string
  readonly number: string
  /** The released version that it is compared with. */
  readonly previous: string | null
  readonly needed: Bump | null
  readonly proposed: string
  readonly open: OpenQuestions
  readonly refusal: VersionRefusal | 'no-clauses' | 'too-long' | null
  readonly content: StandardContent
}

export interface CheckView extends CheckOutcome {
  readonly sha256: string
  readonly file: string
}
