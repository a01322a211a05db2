import { z } from 'zod'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { ArtifactId, ChannelId, CompanyId, DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const at = z.int().min(0) as unknown as z.ZodType<Instant>
const both = z.object({ en: z.string().max(400), ar: z.string().max(400) })
const count = z.int().min(0).max(4096)

const V1 = 'mithaq.evidence.v1'
const V2 = 'mithaq.evidence.v2'

const indexSchema = z.strictObject({
  /** The second says what the first cannot: that approvals are there. */
  format: z.enum([V1, V2]),
  madeAt: at,
  madeBy: id<DeviceId>(32),
  workspace: id<WorkspaceId>(32),
  channel: id<ChannelId>(32),
  artifact: id<ArtifactId>(16),
  type: z.string().max(60),
  version: z.int().min(1),
  /** SHA-256 of the text. */
  hash: id<string>(32),
  title: both,
  /** In their order: `companies/1` and so on. */
  companies: z.array(z.strictObject({ company: id<CompanyId>(32), rotations: count })).max(64),
  /** `roles/1` and so on; `company` counts from 1. */
  roles: z.array(z.strictObject({ device: id<DeviceId>(32), company: z.int().min(1).max(64) })).max(256),
  /** `revocations/1` and so on. `issuer`: signed by an issuer, whose certificate lies beside it, and not by the root. */
  revocations: z.array(z.strictObject({ issuer: z.boolean() })).max(256),
  /** `log/001` and so on. `signed`: digests up to the signed head. `opened`: a key lies beside it. */
  log: z.array(z.strictObject({ signed: count, opened: z.boolean() })).max(999),
  /** `x509/…-1` and so on, in the order of the signatures in the file. */
  signatures: z.array(z.strictObject({ field: z.string().max(60) })).max(40),
  /** `x509/crl-1` and so on. */
  revocationLists: count,
  certified: z.boolean(),
  /** `approvals/1` and so on; in the second format alone, and then at least one. */
  approvals: z.array(z.strictObject({})).min(1).max(64).optional(),
})

/** The format that a pack with so many approvals has: without any it is the first, to the byte. */
export const formatOf = (approvals: number): PackIndex['format'] => (approvals === 0 ? V1 : V2)

/** What lies where in a pack. Nothing rests on it: it only says which files to read. */
export type PackIndex = z.infer<typeof indexSchema>

export const writeIndex = (index: PackIndex): Uint8Array => utf8(canonicalJson(index as unknown as Json))

export function readIndex(bytes: Uint8Array): Result<PackIndex, 'index-unreadable' | 'newer-pack'> {
  try {
    const text = fromUtf8(bytes)
    const raw = JSON.parse(text) as Json
    const parsed = indexSchema.safeParse(raw)
    const fits = parsed.success && parsed.data.format === formatOf(parsed.data.approvals?.length ?? 0)
    if (fits && canonicalJson(raw) === text) return ok(parsed.data)
    const format = (raw as { readonly format?: unknown } | null)?.format
    const later = typeof format === 'string' && /^mithaq\.evidence\.v([3-9]|\d\d)$/.test(format)
    return refuse(later ? 'newer-pack' : 'index-unreadable')
  } catch {
    return refuse('index-unreadable')
  }
}
