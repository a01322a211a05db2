import type { Words } from '#shared/artifacts/words.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import type { AgreementSource } from './agreement-source.ts'
import type { ForecastSource } from './forecast-source.ts'
import type { OutcomeSource } from './outcome-source.ts'
import type { Doc, Place } from './place.ts'
import type { PlanSource } from './plan-source.ts'
import type { StandardSource } from './standard-source.ts'

/** What one service-credit claim says was reached in a month. */
export interface ClaimSource {
  readonly of: 'claim'
  readonly doc: Doc
  readonly metric: string
  readonly month: IsoMonth
  /** In hundredths of a percent. */
  readonly reached: Place
}

/** A limit of our own beside the value that a text gives it: both sides are read where the limit lies, in our vault. */
export interface LimitSource {
  readonly of: 'limit'
  readonly name: Words
  readonly limit: Place
  readonly said: Place
}

export type Source =
  AgreementSource | PlanSource | OutcomeSource | ForecastSource | StandardSource | ClaimSource | LimitSource
