import type { ColumnSpec, TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Held } from '#shared/living/records.ts'
import type { Plain } from '#shared/living/register.ts'
import { DraftBoth, DraftChoice, DraftCount, DraftDate, DraftText } from './draft-field.tsx'

interface ValueProps {
  readonly set: string
  readonly record: string
  readonly field: string
  readonly spec: ColumnSpec
  readonly value: TermValue | null
  readonly held: readonly Held[] | undefined
  /** How a counted value reads in the text. */
  readonly reads?: string
}

/** One structured value, edited in the way of its unit. */
export function DraftValue({ spec, reads, value, ...rest }: ValueProps) {
  const plain: Plain | undefined = typeof value === 'object' && value !== null ? { ...value } : (value ?? undefined)
  const place = { ...rest, value: plain }
  const described = reads === undefined ? {} : { description: reads }
  switch (spec.unit) {
    case 'choice':
    case 'party':
      return <DraftChoice {...place} />
    case 'date':
      return <DraftDate {...place} />
    case 'words':
      return <DraftBoth {...place} />
    case 'code':
      return <DraftText {...place} language="en" />
    case 'halalas':
      return <DraftCount {...place} {...described} most={1e12} hundredths />
    case 'basis-points':
      return <DraftCount {...place} {...described} most={100} hundredths />
    default:
      return <DraftCount {...place} {...described} most={spec.unit === 'percent' ? 100 : 1_000_000_000} />
  }
}
