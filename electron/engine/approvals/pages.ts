import * as z from 'zod'
import { COMMITMENTS } from '#shared/approvals/commitment.ts'
import { approvalPolicySchema, SCOPES, type ApprovalPolicy } from '#shared/approvals/policy.ts'
import type { ApprovalAnswer, Colleague } from '#shared/approvals/request.ts'
import { page } from '#shared/intake/shared-table.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Signature } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ApprovalRequest } from './records.ts'

const hex = <T extends string>(digits: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`)) as unknown as z.ZodType<T>
const words = z.strictObject({ en: z.string().max(400), ar: z.string().max(400) })
const instant = z.int().min(0).max(1e15) as unknown as z.ZodType<Instant>
/** Anything that canonical form carried here; its hash is checked against the request's. */
const content = z.custom<Canonical>((value) => value !== undefined)

const bytes = <T extends Uint8Array = Uint8Array>(most: number) =>
  z.custom<T>((value) => value instanceof Uint8Array && value.length <= most)
const signed = { statement: bytes(65_536), signature: bytes<Signature>(64) }

/** What colleagues tell each other about approvals. Who says it stands in their certificate and nowhere in here. */
const approvalPage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy'), policy: approvalPolicySchema, at: instant }),
  z.strictObject({
    kind: z.literal('request'),
    id: hex<string>(32),
    commitment: z.enum(COMMITMENTS),
    scope: z.enum(SCOPES),
    amount: z.union([z.int().min(0).max(1e15), z.null(), z.literal('not-said')]),
    hash: hex<string>(64),
    at: instant,
    withdrawnAt: instant.nullable(),
    sentAt: instant.nullable(),
    workspace: hex<WorkspaceId>(64),
    workspaceName: words,
    channel: hex<ChannelId>(64),
    artifact: hex<ArtifactId>(32).nullable(),
    title: words,
    content,
    note: z.string().max(4000),
    version: z.int().min(1).max(10),
  }),
  z.strictObject({
    kind: z.literal('answer'),
    request: hex<string>(32),
    hash: hex<string>(64),
    verdict: z.enum(['approve', 'refuse']),
    reason: z.string().max(4000),
    at: instant,
    word: z
      .strictObject({
        ...signed,
        certified: z.strictObject({ issuer: z.strictObject(signed), certificate: z.strictObject(signed) }),
      })
      .optional(),
  }),
])
export type ApprovalPage = z.infer<typeof approvalPage>

const written = (said: ApprovalPage): Uint8Array => page(['approval', said as unknown as Canonical])

export const policyPage = (policy: ApprovalPolicy, at: Instant): Uint8Array => written({ kind: 'policy', policy, at })
export function requestPage(request: ApprovalRequest): Uint8Array {
  const { maker: _, ...said } = request
  return written({ kind: 'request', ...said })
}
export function answerPage(answer: ApprovalAnswer): Uint8Array {
  const { by: _, ...said } = answer
  return written({ kind: 'answer', ...said })
}

/** Reads strictly; undefined for what is no such page. */
export function readApprovalPage(value: Canonical): ApprovalPage | undefined {
  const read = approvalPage.safeParse(value)
  return read.success ? read.data : undefined
}

/** Said by `by`, who alone answers for it. */
export function requestOn(said: Extract<ApprovalPage, { kind: 'request' }>, by: Colleague): ApprovalRequest {
  const { kind: _, ...request } = said
  return { ...request, maker: by }
}
export function answerOn(said: Extract<ApprovalPage, { kind: 'answer' }>, by: Colleague): ApprovalAnswer {
  const { kind: _, word, ...answer } = said
  return { ...answer, by, ...(word && { word }) }
}
