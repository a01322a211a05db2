import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RubricLineView, RubricVersionView, RubricView } from '#shared/projection/scoring-views.ts'
import { isWhole, sameRubric, type Rubric } from '#shared/scoring/rubric.ts'
import { standardRubric, withEveryLens, type KeptRubric } from '#shared/scoring/standard.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'

const KIND = 'rubric'
/** Versions that are kept of each role's rubric; older ones go. */
const MOST_VERSIONS = 50

/** Kept as `rubric/<role>`, latest first. It is written to no channel: a rubric says what a company pays attention to. */
type Kept = readonly (Omit<RubricVersionView, 'rubric'> & { readonly rubric: KeptRubric })[]

const kept = ({ context }: Hub, role: Role): readonly RubricVersionView[] =>
  (context.vault.records.get<Kept>(KIND, role) ?? []).map((one) => ({ ...one, rubric: withEveryLens(one.rubric) }))

/** The rubric of a role as it counts now, with what it was before. */
export function rubricOf(hub: Hub, role: Role): RubricView {
  const versions = kept(hub, role)
  const standard = standardRubric(role)
  const rubric = versions[0]?.rubric ?? standard
  return { rubric, version: versions[0]?.version ?? 0, standard: sameRubric(rubric, standard), versions }
}

export const rubricLines = (hub: Hub): readonly RubricLineView[] =>
  ROLES.map((role) => {
    const { version, standard } = rubricOf(hub, role)
    return { role, version, standard }
  })

/** Keeps another version. `seen` is the one that the person started from. @throws Refused */
export function saveRubric(hub: Hub, rubric: Rubric, seen: number): RubricView {
  const { versions, version, rubric: before } = rubricOf(hub, rubric.role)
  if (seen !== version) throw new Refused('scoring', 'changed-meanwhile')
  if (!isWhole(rubric)) throw new Refused('scoring', 'rubric-incomplete')
  if (sameRubric(rubric, before)) return rubricOf(hub, rubric.role)
  const { name } = certificateIn(hub.identity.certified)
  const at: Instant = hub.context.clock.now()
  const next = [{ version: version + 1, rubric, by: name, at }, ...versions].slice(0, MOST_VERSIONS)
  hub.change(() => {
    hub.context.vault.records.put<Kept>(KIND, rubric.role, next)
    const subject = { id: rubric.role, name: rubric.role }
    record(hub.context, { kind: 'company', code: 'rubric-kept', actor: name.en, subject, detail: { version: version + 1 } }) // prettier-ignore
    return undefined
  })
  return rubricOf(hub, rubric.role)
}
