import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'

/** How a value travels: `write` gives canonical CBOR's terms, `read` takes hostile ones and answers undefined for any misfit. */
export interface Shape<T> {
  write(value: T): Canonical
  read(value: Canonical | undefined): T | undefined
}

export const text = <T extends string = string>(most: number): Shape<T> => ({
  write: (value) => value,
  read: (value) => (typeof value === 'string' && value.length <= most ? (value as T) : undefined),
})

/** Whole, not negative, exact in a double. */
export const whole = <T extends number = number>(): Shape<T> => ({
  write: (value) => value,
  read: (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? (value as T) : undefined),
})

export const truth: Shape<boolean> = {
  write: (value) => value,
  read: (value) => (typeof value === 'boolean' ? value : undefined),
}

export const bytes = <T extends Uint8Array = Uint8Array>(least: number, most = least): Shape<T> => ({
  write: (value) => value,
  read: (value) =>
    value instanceof Uint8Array && value.length >= least && value.length <= most ? (value as T) : undefined,
})

/** A hex id in code, raw bytes on the wire. */
export const id = <T extends string>(length: number): Shape<T> => ({
  write(value) {
    const raw = fromHex(value)
    if (raw?.length !== length) throw new TypeError(`not an id of ${length} bytes: ${value}`)
    return raw
  },
  read: (value) => (value instanceof Uint8Array && value.length === length ? (toHex(value) as T) : undefined),
})

export const oneOf = <const T extends string>(options: readonly T[]): Shape<T> => ({
  write: (value) => value,
  read: (value) => options.find((option) => option === value),
})

export const nullable = <T>(shape: Shape<T>): Shape<T | null> => ({
  write: (value) => (value === null ? null : shape.write(value)),
  read: (value) => (value === null ? null : shape.read(value)),
})

/** A field that may be absent, and is then not written: how a finished record gains one. Only for fields of a `record`. */
export const optional = <T>(shape: Shape<T>): Shape<T | undefined> => ({
  write: (value) => (value === undefined ? ABSENT : shape.write(value)),
  read: (value) => (value === undefined ? ABSENT_READ : shape.read(value)) as T | undefined,
})
const ABSENT = undefined as unknown as Canonical
/** Tells an absent optional field from one that does not read. */
const ABSENT_READ = Symbol('absent')

export const list = <T>(shape: Shape<T>, most: number): Shape<readonly T[]> => ({
  write: (values) => values.map((value) => shape.write(value)),
  read(value) {
    if (!Array.isArray(value) || value.length > most) return undefined
    const items: T[] = []
    for (const part of value as readonly Canonical[]) {
      const item = shape.read(part)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  },
})

/** The word `all`, or a list. */
export const allOr = <T>(shape: Shape<readonly T[]>): Shape<readonly T[] | 'all'> => ({
  write: (value) => (value === 'all' ? 'all' : shape.write(value)),
  read: (value) => (value === 'all' ? 'all' : shape.read(value)),
})

/** A map with exactly these keys: one more or one fewer is a misfit, so that nothing rides along unread. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const keys = Object.keys(fields) as (keyof T & string)[]
  return {
    write: (value) =>
      Object.fromEntries(
        keys.map((key) => [key, fields[key].write(value[key])] as const).filter(([, part]) => part !== ABSENT),
      ),
    read(value) {
      if (!isMap(value)) return undefined
      const made: Partial<T> = {}
      let count = 0
      for (const key of keys) {
        const part = fields[key].read(value[key])
        if (part === undefined) return undefined
        if (part === (ABSENT_READ as unknown)) continue
        made[key] = part
        count++
      }
      return count === Object.keys(value).length ? (made as T) : undefined
    },
  }
}

/** A map whose `kind` says which of several records it is. */
export function tagged<T extends { readonly kind: string }>(options: {
  readonly [K in T['kind']]: Shape<Omit<Extract<T, { readonly kind: K }>, 'kind'>>
}): Shape<T> {
  const shapes = options as unknown as Readonly<Record<string, Shape<object>>>
  return {
    write(value) {
      const { kind, ...rest } = value
      return { kind, ...(shapes[kind]?.write(rest) as { readonly [key: string]: Canonical }) }
    },
    read(value) {
      if (!isMap(value)) return undefined
      const { kind, ...rest } = value
      if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return undefined
      const read = shapes[kind]?.read(rest)
      return read === undefined ? undefined : ({ kind, ...read } as unknown as T)
    },
  }
}

const isMap = (value: Canonical | undefined): value is { readonly [key: string]: Canonical } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
