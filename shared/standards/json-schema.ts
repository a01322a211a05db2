import { ok, refuse, type Result } from '../kernel/result.ts'

/** A schema that may be run: JSON Schema 2020-12, whole in itself. */
export type JsonSchema = Readonly<Record<string, unknown>> | boolean
export type SchemaRefusal =
  /** Not JSON, or a keyword holds what it cannot hold. */
  | 'schema-malformed'
  /** It points to another document: nothing is ever fetched. */
  | 'schema-remote'
  /** Another draft, or a keyword that would be passed over: a rule left out is a test not made. */
  | 'schema-unsupported'
  | 'schema-too-large'

const DRAFT = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/
const DEEPEST = 40
const MOST_NODES = 20_000

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0
const isText = (value: unknown): boolean => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
/** What the checker knows how to judge; it would pass over any other. */
const FORMATS = new Set(['date', 'time', 'date-time', 'duration', 'uri', 'uri-reference', 'uri-template', 'url', 'email', 'hostname', 'ipv4', 'ipv6',
  'regex', 'uuid', 'json-pointer', 'relative-json-pointer']) // prettier-ignore
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What holds schemas. */
const ONE = new Set(['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'not', 'if', 'then', 'else']) // prettier-ignore
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const MAP = new Set(['$defs', 'definitions', 'properties', 'patternProperties', 'dependentSchemas'])
/** What holds values, and of what kind. */
const VALUE: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => (isText(value) ? TYPES.has(value as string) : isTexts(value) && (value as string[]).every((one) => TYPES.has(one))),
  enum: Array.isArray, const: () => true, multipleOf: (value) => isNumber(value) && (value as number) > 0,
  maximum: isNumber, exclusiveMaximum: isNumber, minimum: isNumber, exclusiveMinimum: isNumber,
  maxLength: isCount, minLength: isCount, maxItems: isCount, minItems: isCount, maxContains: isCount, minContains: isCount,
  maxProperties: isCount, minProperties: isCount, uniqueItems: (value) => typeof value === 'boolean', pattern: isPattern,
  required: isTexts, dependentRequired: (value) => isMap(value) && Object.values(value).every(isTexts), format: isText,
  title: isText, description: isText, default: () => true, examples: Array.isArray, deprecated: () => true, readOnly: () => true, writeOnly: () => true,
  $comment: isText, $schema: isText, $id: isText, $ref: isText, $anchor: isText,
} // prettier-ignore

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && value.length <= 500 && new RegExp(value, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** Reads the schema of a `json-schema` test and makes sure that each of its words will be obeyed. */
export function readJsonSchema(text: string): Result<JsonSchema, SchemaRefusal> {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch {
    return refuse('schema-malformed')
  }
  if (typeof schema === 'boolean') return ok(schema)
  if (!isMap(schema)) return refuse('schema-malformed')
  if (schema['$schema'] !== undefined && !(isText(schema['$schema']) && DRAFT.test(schema['$schema'] as string)))
    return refuse('schema-unsupported')
  const places = new Set<string>(['#'])
  const references: string[] = []
  let nodes = 0
  const walk = (value: unknown, place: string, depth: number): SchemaRefusal | undefined => {
    if (typeof value === 'boolean') return undefined
    if (!isMap(value)) return 'schema-malformed'
    if (depth > DEEPEST || ++nodes > MOST_NODES) return 'schema-too-large'
    places.add(place)
    for (const [word, held] of Object.entries(value)) {
      if (word === 'format' && isText(held) && !FORMATS.has(held as string)) return 'schema-unsupported'
      if (word === '$id' && depth > 0) return 'schema-unsupported'
      if (word === '$ref' && isText(held)) references.push(held as string)
      if (word === '$anchor' && isText(held)) places.add(`#${held as string}`)
      const inner = ONE.has(word)
        ? [[word, held] as const]
        : LIST.has(word) && Array.isArray(held)
          ? held.map((one, at) => [`${word}/${String(at)}`, one] as const)
          : MAP.has(word) && isMap(held)
            ? Object.entries(held).map(([name, one]) => [`${word}/${escaped(name)}`, one] as const)
            : undefined
      if (inner === undefined) {
        const check = Object.hasOwn(VALUE, word) ? VALUE[word] : undefined
        if (check === undefined) return LIST.has(word) || MAP.has(word) ? 'schema-malformed' : 'schema-unsupported'
        if (!check(held)) return 'schema-malformed'
      }
      if (word === 'patternProperties' && isMap(held) && !Object.keys(held).every(isPattern)) return 'schema-malformed'
      for (const [name, one] of inner ?? []) {
        const refusal = walk(one, `${place}/${name}`, depth + 1)
        if (refusal !== undefined) return refusal
        // A schema that is only true or false is a place, too.
        places.add(`${place}/${name}`)
      }
    }
    return undefined
  }
  const refusal = walk(schema, '#', 0)
  if (refusal !== undefined) return refuse(refusal)
  if (references.some((reference) => !reference.startsWith('#'))) return refuse('schema-remote')
  const known = references.every((reference) => places.has(decoded(reference)))
  return known ? ok(schema) : refuse('schema-malformed')
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}
