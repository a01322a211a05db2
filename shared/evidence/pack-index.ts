import { z } from 'zod'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { ArtifactId, ChannelId, CompanyId, DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

export const hexOf = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const at = z.int().min(0) as unknown as z.ZodType<Instant>
export const both = z.object({ en: z.string().max(400), ar: z.string().max(400) })
const count = z.int().min(0).max(4096)

const V1 = 'mithaq.evidence.v1'
const V2 = 'mithaq.evidence.v2'

/** What every format has: what it is about, and which of the proofs are there. */
export const proofsShape = {
  madeAt: at,
  madeBy: hexOf<DeviceId>(32),
  workspace: hexOf<WorkspaceId>(32),
  channel: hexOf<ChannelId>(32),
  artifact: hexOf<ArtifactId>(16),
  type: z.string().max(60),
  title: both,
  /** In their order: `companies/1` and so on. */
  companies: z.array(z.strictObject({ company: hexOf<CompanyId>(32), rotations: count })).max(64),
  /** `roles/1` and so on; `company` counts from 1. */
  roles: z.array(z.strictObject({ device: hexOf<DeviceId>(32), company: z.int().min(1).max(64) })).max(256),
  /** `revocations/1` and so on. `issuer`: signed by an issuer, whose certificate lies beside it, and not by the root. */
  revocations: z.array(z.strictObject({ issuer: z.boolean() })).max(256),
  /** `log/001` and so on. `signed`: digests up to the signed head. `opened`: a key lies beside it. */
  log: z.array(z.strictObject({ signed: count, opened: z.boolean() })).max(999),
}
export type ProofsIndex = z.infer<z.ZodObject<typeof proofsShape>>

const indexSchema = z.strictObject({
  /** The second says what the first cannot: that approvals are there. */
  format: z.enum([V1, V2]),
  ...proofsShape,
  version: z.int().min(1),
  /** SHA-256 of the text. */
  hash: hexOf<string>(32),
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

/** An index of any format, as its file has it. */
export const writeIndex = <I extends { readonly format: string }>(index: I): Uint8Array =>
  utf8(canonicalJson(index as unknown as Json))

export const readIndex = (bytes: Uint8Array): Result<PackIndex, 'index-unreadable' | 'newer-pack'> =>
  readIndexAs(indexSchema, bytes, ({ format, approvals }) => format === formatOf(approvals?.length ?? 0))

/** The format that an index names; undefined when it is none of JSON. */
export function formatIn(bytes: Uint8Array): string | undefined {
  try {
    const { format } = JSON.parse(fromUtf8(bytes)) as { readonly format?: unknown }
    return typeof format === 'string' ? format : undefined
  } catch {
    return undefined
  }
}

/** Reads an index of one format: canonical JSON with nothing that the format does not have. */
export function readIndexAs<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  fits: (index: T) => boolean = () => true,
): Result<T, 'index-unreadable' | 'newer-pack'> {
  try {
    const text = fromUtf8(bytes)
    const raw = JSON.parse(text) as Json
    const parsed = schema.safeParse(raw)
    if (parsed.success && fits(parsed.data) && canonicalJson(raw) === text) return ok(parsed.data)
    return refuse(/^mithaq\.evidence\.v([4-9]|\d\d)$/.test(formatIn(bytes) ?? '') ? 'newer-pack' : 'index-unreadable')
  } catch {
    return refuse('index-unreadable')
  }
}
