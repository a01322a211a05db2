import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ArtifactId, WorkspaceId } from '#shared/kernel/ids.ts'

/** A document that says something. */
export interface Doc {
  readonly artifact: ArtifactId
  /** Its artifact type, for example `ContractTerms.v1`. */
  readonly type: string
  readonly title: Words
  readonly workspace: WorkspaceId
}

/**
 * How firmly a place says what it says: `signed`: every party signed it; `draft`: of a text that is meant to be signed and is not
 * yet; `current`: of a document that is never signed as a whole, as it reads now.
 */
export type Standing = 'signed' | 'draft' | 'current'

/** One place in one document with the value that stands there. */
export interface Place extends Doc {
  /** Where in the document: a term, `table/row/column` or `set/record/field`. */
  readonly anchor: string
  /** What a reader calls the place. */
  readonly label: Words
  /** The value in the document's own unit. */
  readonly value: TermValue
  /** How the value reads. */
  readonly text: Words
  /** The closed text that it stands in; null: no closed text. */
  readonly version: { readonly number: number; readonly hash: string } | null
  readonly standing: Standing
  /** `company`: it lies in our vault alone, and no other company can read it. */
  readonly audience: 'workspace' | 'company'
}

/** What a reader of one document puts the same on each of its places. */
export type PlaceOf = (
  anchor: string,
  label: Words,
  value: TermValue,
  text: Words,
  over?: Partial<Pick<Place, 'standing' | 'audience'>>,
) => Place

export const placesOf =
  (doc: Doc, standing: Standing, version: Place['version'] = null): PlaceOf =>
  (anchor, label, value, text, over = {}) => ({
    artifact: doc.artifact,
    type: doc.type,
    title: doc.title,
    workspace: doc.workspace,
    anchor,
    label,
    value,
    text,
    version,
    standing,
    audience: 'workspace',
    ...over,
  })
