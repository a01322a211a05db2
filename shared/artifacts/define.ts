import { z } from 'zod'
import type { CompanyId, PersonId, Role } from '../kernel/ids.ts'
import { ok, refuse, type Result } from '../kernel/result.ts'
import { objectOf, type Fields, type ValuesOf } from './field.ts'
import type { Words } from './words.ts'

/** Who writes a section: the artifact's owner, all the other companies, everybody, or of the owner the one person who made it. */
export type Writers = 'owner' | 'partner' | 'joint' | 'maker'

export interface SectionSpec {
  readonly label: Words
  readonly writers: Writers
  /** Roles that may write here, in any company that may. */
  readonly roles: readonly Role[] | 'any'
  /**
   * `sealed`: one value written once per revision, whose section is named `<section>:<revision>`; a defect refuses it whole.
   * `living`: a shared document, one root map per field; a defect drops that field or cell and flags it.
   * `records`: a co-edited document whose fields are sets of records (`records` in field.ts, read by `shared/living`): what was
   * written apart stays visible until somebody chooses.
   */
  readonly form: 'sealed' | 'living' | 'records'
  readonly fields: Fields
}

export interface Artifact<S extends Readonly<Record<string, SectionSpec>> = Readonly<Record<string, SectionSpec>>> {
  /** `Name.v1`: the major is in the name. */
  readonly type: string
  /** Grows when a field is added. Readers accept any minor, older and newer (EX-4). */
  readonly minor: number
  readonly label: Words
  readonly about: Words
  readonly sections: S
}
export type SectionOf<A extends Artifact, N extends keyof A['sections']> = ValuesOf<A['sections'][N]['fields']>

/** The one source of an artifact: schema, sections and writers, classes, labels, form and print model are read from it. */
export function defineArtifact<const S extends Readonly<Record<string, SectionSpec>>>(spec: Artifact<S>): Artifact<S> {
  if (!/^[A-Z][A-Za-z]*\.v[1-9]\d*$/.test(spec.type)) throw new Error(`not an artifact type: ${spec.type}`)
  return spec
}

export type ArtifactRefusal = 'unknown-artifact' | 'unknown-section' | 'newer-artifact' | 'artifact-malformed'

export interface Flag {
  /** `commitments.<key>.committed`. */
  readonly path: string
  readonly problem: 'not-a-map' | 'not-valid'
}

/**
 * Reads a `sealed` section. Fields that this version does not know stay in the value. `newer-artifact`: the envelope names
 * another major than this definition's.
 */
export function readSealed<S extends Readonly<Record<string, SectionSpec>>, N extends keyof S & string>(
  artifact: Artifact<S>,
  name: N,
  raw: unknown,
): Result<ValuesOf<S[N]['fields']>, ArtifactRefusal> {
  const section = artifact.sections[name]
  if (section === undefined) return refuse('unknown-section')
  const declared = DECLARED.safeParse(raw)
  if (declared.success) {
    const { type, schemaVersion } = declared.data.envelope
    if (type !== artifact.type || schemaVersion.split('.')[0] !== majorOf(artifact)) return refuse('newer-artifact')
  }
  const parsed = objectOf(section.fields).safeParse(raw)
  return parsed.success ? ok(parsed.data as ValuesOf<S[N]['fields']>) : refuse('artifact-malformed')
}

const DECLARED = z.looseObject({ envelope: z.looseObject({ type: z.string(), schemaVersion: z.string() }) })

/** `1` of `Name.v1`. */
const majorOf = (artifact: Artifact): string => artifact.type.slice(artifact.type.lastIndexOf('.v') + 2)
export const schemaVersionOf = (artifact: Artifact): string => `${majorOf(artifact)}.${String(artifact.minor)}`

/**
 * Projects a `living` section: what is sound is returned, what is not is left out and flagged, because a merged document
 * cannot be refused. A group that does not parse reads as its empty value, null.
 */
export function projectLiving<S extends Readonly<Record<string, SectionSpec>>, N extends keyof S & string>(
  artifact: Artifact<S>,
  name: N,
  raw: Readonly<Record<string, unknown>>,
): { readonly value: Partial<ValuesOf<S[N]['fields']>>; readonly flags: readonly Flag[] } {
  const value: Record<string, unknown> = {}
  const flags: Flag[] = []
  for (const [key, inner] of Object.entries(artifact.sections[name]?.fields ?? {})) {
    const given = raw[key]
    if (inner.control === 'cells') {
      value[key] = projectCells(key, given ?? {}, inner.fields ?? {}, flags)
      continue
    }
    const parsed = inner.schema.safeParse(given)
    if (parsed.success) value[key] = parsed.data
    else if (given !== undefined) flags.push({ path: key, problem: 'not-valid' })
  }
  return { value: value as Partial<ValuesOf<S[N]['fields']>>, flags }
}

function projectCells(path: string, given: unknown, fields: Fields, flags: Flag[]): Record<string, unknown> {
  const rows: Record<string, unknown> = {}
  if (!isMap(given)) {
    flags.push({ path, problem: 'not-a-map' })
    return rows
  }
  for (const [key, row] of Object.entries(given)) {
    if (!isMap(row) || key === '__proto__') {
      flags.push({ path: `${path}.${key}`, problem: 'not-a-map' })
      continue
    }
    const sound: Record<string, unknown> = { ...row }
    for (const [name, inner] of Object.entries(fields)) {
      const parsed = inner.schema.safeParse(row[name])
      if (!parsed.success) flags.push({ path: `${path}.${key}.${name}`, problem: 'not-valid' })
      sound[name] = parsed.success ? parsed.data : null
    }
    rows[key] = sound
  }
  return rows
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

export interface Author {
  readonly company: CompanyId
  readonly roles: readonly Role[]
  /** Needed where a section belongs to one person. */
  readonly person?: PersonId
}
export type WriteRefusal =
  'unknown-artifact' | 'unknown-section' | 'not-writer-company' | 'not-writer-person' | 'not-writer-role'

/** May `author` write this section of an artifact that `owner` owns and `maker` made? Membership is checked elsewhere. */
export function mayWriteSection(
  artifact: Artifact,
  sectionName: string,
  author: Author,
  owner: CompanyId,
  maker?: PersonId,
): Result<true, WriteRefusal> {
  const found = sectionNamed(artifact, sectionName)
  if (found === undefined) return refuse('unknown-section')
  const { writers, roles } = found.section
  if (writers !== 'joint' && (writers !== 'partner') !== (author.company === owner)) return refuse('not-writer-company')
  if (writers === 'maker' && (maker === undefined || author.person !== maker)) return refuse('not-writer-person')
  return roles === 'any' || author.roles.some((role) => roles.includes(role)) ? ok(true) : refuse('not-writer-role')
}

/** `slice:3` → the `slice` section, revision 3; a living section carries no revision. */
export function sectionNamed(
  artifact: Artifact,
  sectionName: string,
): { readonly section: SectionSpec; readonly name: string; readonly revision: number | null } | undefined {
  const [, name = '', digits] = /^([a-z]+)(?::([1-9]\d{0,8}))?$/.exec(sectionName) ?? []
  const section = Object.hasOwn(artifact.sections, name) ? artifact.sections[name] : undefined
  if (section === undefined || (section.form === 'sealed') !== (digits !== undefined)) return undefined
  return { section, name, revision: digits === undefined ? null : Number(digits) }
}
