import { z } from 'zod'

interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  /** Of a record whose keys are named by `required`. */
  readonly additionalProperties?: Shape | boolean
  /** `false` where `prefixItems` names them all. */
  readonly items?: Shape | false
  readonly prefixItems?: readonly Shape[]
  readonly minItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly pattern?: string
  readonly format?: string
}

/** Texts that the contract's patterns and formats ask for; the first that fits is taken. */
const TEXTS = [
  'x',
  '1',
  '2027-01-01',
  '2027-01',
  '1.0.0',
  'AAAA',
  'https://x.example',
  'wss://x.example',
  'x@x.example',
  'draft',
] as const

/** A small input that a procedure's schema takes, or as near to one as can be told from the schema alone. */
export const leastInput = (schema: z.ZodType): unknown =>
  leastOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape)

function leastOf(shape: Shape): unknown {
  if ('const' in shape) return shape.const
  if (shape.enum) return shape.enum[0]
  const [option] = shape.anyOf ?? shape.oneOf ?? []
  if (option) return leastOf(option)
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map(leastOf))
  if (shape.type === 'object') {
    const other = typeof shape.additionalProperties === 'object' ? shape.additionalProperties : {}
    return Object.fromEntries((shape.required ?? []).map((key) => [key, leastOf(shape.properties?.[key] ?? other)]))
  }
  if (shape.prefixItems) return shape.prefixItems.map(leastOf)
  if (shape.type === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => leastOf(shape.items || {}))
  if (shape.type === 'boolean') return true
  if (shape.type === 'integer' || shape.type === 'number') return shape.minimum ?? (shape.exclusiveMinimum ?? 0) + 1
  if (shape.type === 'string') return textFor(shape)
  return shape.type === 'null' ? null : 'x'
}

function textFor({ pattern, minLength = 0 }: Shape): string {
  const hex = [16, 32, 64, 128].map((digits) => 'a'.repeat(digits))
  const fits = (text: string) =>
    text.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(text))
  return [...TEXTS, ...hex].find(fits) ?? 'x'.repeat(minLength)
}
