import type { Artifact } from './define.ts'
import type { Control, Field, Fields, SharedClass } from './field.ts'
import type { Words } from './words.ts'

/** What a generic renderer needs to show one field, in declaration order. Plain data: it may cross a port. */
export interface FormField {
  readonly name: string
  /** `envelope.owner.company`: also the path for `labelAt`. */
  readonly path: string
  readonly label: Words
  readonly help: Words | null
  readonly unit: Words | null
  readonly control: Control
  readonly editable: boolean
  readonly optional: boolean
  readonly dataClass: SharedClass
  readonly options: readonly { readonly value: string; readonly label: Words }[]
  /** Of a group, of one row of a list, or of one cell of `cells`. */
  readonly fields: readonly FormField[]
}
export interface FormModel {
  readonly type: string
  readonly section: string
  readonly label: Words
  readonly fields: readonly FormField[]
}

/** undefined when the artifact has no such section. Hidden fields are left out. */
export function formModel(artifact: Artifact, section: string): FormModel | undefined {
  const spec = artifact.sections[section]
  if (spec === undefined) return undefined
  return { type: artifact.type, section, label: spec.label, fields: formFields(spec.fields, '', true) }
}

function formFields(fields: Fields, prefix: string, mayEdit: boolean): readonly FormField[] {
  return Object.entries(fields)
    .filter(([, inner]) => inner.control !== 'hidden')
    .map(([name, inner]) => {
      const editable = mayEdit && inner.editable
      return {
        name,
        path: prefix + name,
        label: inner.label,
        help: inner.help,
        unit: inner.unit,
        control: inner.control,
        editable,
        optional: inner.optional,
        dataClass: inner.dataClass,
        options: Object.entries(inner.options ?? {}).map(([value, label]) => ({ value, label })),
        fields: formFields(inner.fields ?? {}, `${prefix}${name}.`, editable),
      }
    })
}

/** The label of a field by its path inside a section, e.g. `rows.sku`. */
export const labelAt = (artifact: Artifact, section: string, path: string): Words | undefined =>
  fieldAt(artifact, section, path)?.label

/** The label of a choice's value, e.g. status `committed`. A value of a newer minor has none: show it as it is. */
export function valueLabelAt(artifact: Artifact, section: string, path: string, value: string): Words | undefined {
  const options = fieldAt(artifact, section, path)?.options ?? null
  return options !== null && Object.hasOwn(options, value) ? options[value] : undefined
}

export function fieldAt(artifact: Artifact, section: string, path: string): Field | undefined {
  let fields: Fields | null = artifact.sections[section]?.fields ?? null
  let found: Field | undefined
  for (const name of path.split('.')) {
    found = fields !== null && Object.hasOwn(fields, name) ? fields[name] : undefined
    if (found === undefined) return undefined
    fields = found.fields
  }
  return found
}
