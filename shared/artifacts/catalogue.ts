import type { CompanyId, PersonId } from '../kernel/ids.ts'
import { refuse, type Result } from '../kernel/result.ts'
import { CapacityPlan } from './capacity-plan.v1.ts'
import { ColleagueShare } from './colleague-share.v1.ts'
import { DisputeCase } from './dispute-case.v1.ts'
import { DryRun } from './dry-run.v1.ts'
import { ChangeRequest } from './change-request.v1.ts'
import { CoordinationTopic } from './coordination-topic.v1.ts'
import { ContextSlice } from './context-slice.v1.ts'
import { JointGovernanceDecision } from './joint-governance-decision.v1.ts'
import { JointInitiativePlan } from './joint-initiative-plan.v1.ts'
import { mayWriteSection, type Artifact, type Author, type WriteRefusal } from './define.ts'
import { AGREEMENTS } from './agreement-kinds.ts'
import { SharedForecast } from './shared-forecast.v1.ts'
import { StandardsDoc } from './standards-doc.v1.ts'

/** Every artifact that is finished: schema, labels, calculation and checks. Adding one is adding its file and a line here. */
export const CATALOGUE: readonly Artifact[] = [
  SharedForecast,
  CapacityPlan,
  ContextSlice,
  JointInitiativePlan,
  StandardsDoc,
  DryRun,
  ...AGREEMENTS,
  JointGovernanceDecision,
  CoordinationTopic,
  DisputeCase,
  ChangeRequest,
  ColleagueShare,
]

const BY_TYPE = new Map(CATALOGUE.map((artifact) => [artifact.type, artifact]))

export const artifactOf = (type: string): Artifact | undefined => BY_TYPE.get(type)

/** What `sync` asks, with the author's roles as its ancestry certifies them. Membership of the workspace is checked there. */
export function mayWrite(
  type: string,
  section: string,
  author: Author,
  owner: CompanyId,
  maker?: PersonId,
): Result<true, WriteRefusal> {
  const artifact = artifactOf(type)
  return artifact === undefined ? refuse('unknown-artifact') : mayWriteSection(artifact, section, author, owner, maker)
}
