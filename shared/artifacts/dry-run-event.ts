import { z } from 'zod'
import type { ArtifactId, WorkspaceId } from '../kernel/ids.ts'
import { STATED_ITEMS, WITNESSED_ITEMS } from './dry-run.v1.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>

/** What companies state about their dry run, each for itself: whose word it is stands in the entry's certificate. */
export const dryRunEvents = [
  z.object({
    type: z.literal('checklist-ticked'),
    artifact: id<ArtifactId>(16),
    item: z.enum([...STATED_ITEMS, ...WITNESSED_ITEMS]),
    done: z.boolean(),
    /** Where the proof is: a file, a date, a person. Empty only when the tick is taken back. */
    evidence: z.string().max(500),
  }),
  z.object({ type: z.literal('dry-run-passed'), artifact: id<ArtifactId>(16) }),
  /** The workspace for real data, with an invitation that only members of this channel can read. */
  z.object({
    type: z.literal('production-founded'),
    artifact: id<ArtifactId>(16),
    workspace: id<WorkspaceId>(32),
    link: z.string().max(100_000),
  }),
] as const

export const DRY_RUN_FACTS: ReadonlySet<string> = new Set(dryRunEvents.map((option) => option.shape.type.value))
