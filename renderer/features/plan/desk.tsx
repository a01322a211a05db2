import { useTranslation } from 'react-i18next'
import { useMemo, type ReactNode } from 'react'
import type { PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { blank } from '#shared/initiatives/blank.ts'
import type { Of, Plan } from '#shared/initiatives/plan.ts'
import { ABOUT, fieldsOf, readPlan } from '#shared/initiatives/read-plan.ts'
import { scheduleOf, type Schedule } from '#shared/initiatives/schedule.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'
import { useLocale } from '#ui/parts/locale.ts'

export interface Company {
  readonly id: CompanyId
  readonly name: Bilingual
  readonly own: boolean
}
/** A record with what stands against each other in it. */
export type Row<S extends PlanSet> = Projected<Omit<Of<S>, 'id'>>

/** The open plan as its screens work with it: as merged, what it comes to today, and how to write it. */
export interface Desk {
  readonly artifact: string
  readonly title: Bilingual
  readonly live: LiveDocument
  readonly mayWrite: boolean
  readonly today: IsoDate
  readonly companies: readonly Company[]
  readonly plan: Plan
  readonly schedule: Schedule
  readonly rows: <S extends PlanSet>(set: S) => readonly Row<S>[]
  /** Conflicts and disputed removals in the whole plan. */
  readonly conflicts: readonly Disputed[]
  readonly nameOf: (milestoneOrActivity: string) => string
  readonly companyName: (company: CompanyId | null) => string
  /** What a record is called, in the person's language where it has both. */
  readonly recordName: (set: PlanSet, id: string) => string
}

export interface Disputed {
  readonly set: PlanSet
  readonly id: string
  /** null: the record itself was removed and changed. */
  readonly field: string | null
}

/** Fields that name a record, where it has no title in two languages. */
const NAMING: readonly string[] = ['text', 'metric', 'name', 'item', 'relation', 'note']

const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

/** Reads the plan once per change, for every screen below. */
export function DeskProvider(props: {
  readonly artifact: string
  readonly title: Bilingual
  readonly live: LiveDocument
  readonly companies: readonly Company[]
  readonly children: ReactNode
}) {
  const { artifact, title, live, companies, children } = props
  const version = useLive(live)
  const { pick } = useLocale()
  const { t } = useTranslation('plan')
  const today = dateOf(Date.now() as Instant)
  const value = useMemo((): Desk => {
    const { registers } = live
    const bySet = Map.groupBy(registers, ({ set }) => set)
    const projected = new Map<PlanSet, readonly Projected<unknown>[]>()
    const rows = <S extends PlanSet>(set: S): readonly Row<S>[] => {
      const known = projected.get(set) ?? projectSet(fieldsOf(set), recordsOf(bySet.get(set) ?? [], set))
      projected.set(set, known)
      return known as readonly Row<S>[]
    }
    const plan = readPlan(registers)
    const names = new Map(
      [...plan.milestones, ...plan.activities].map(({ id, titleEn, titleAr }) => [
        id,
        pick({ en: titleEn ?? '', ar: titleAr ?? '' }),
      ]),
    )
    const sets: readonly PlanSet[] = ['plan', ...(Object.keys(plan).filter((set) => set !== 'about') as PlanSet[])]
    const companyName = (id: CompanyId | null): string => {
      const company = companies.find((one) => one.id === id)
      return company ? pick(company.name) : (id?.slice(0, 8) ?? '')
    }
    const recordName = (set: PlanSet, id: string): string => {
      if (set === 'plan') return pick(title)
      const row = rows(set).find((one) => one.id === id)
      const values = (row?.values ?? {}) as Readonly<Record<string, string | null>>
      const own = pick({ en: values['titleEn'] ?? '', ar: values['titleAr'] ?? '' })
      const of = names.get(values['activity'] ?? values['milestone'] ?? '')
      return own || NAMING.map((field) => values[field]).find((text) => text) || of || t('unnamed')
    }
    const conflicts = sets.flatMap((set) =>
      rows(set).flatMap(({ id, conflicts: fields, removal }): readonly Disputed[] => [
        ...(removal === null ? [] : [{ set, id, field: null }]),
        ...[...fields.keys()].map((field) => ({ set, id, field })),
      ]),
    )
    return {
      artifact,
      title,
      live,
      mayWrite: live.mayWrite,
      today,
      companies,
      plan,
      schedule: scheduleOf(plan, today),
      rows,
      conflicts,
      nameOf: (id) => names.get(id) || t('unnamed'),
      companyName,
      recordName,
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [artifact, title, live, version, companies, today, pick, t])
  return <DeskContext value={value}>{children}</DeskContext>
}

/** The one record about the whole plan; before anybody wrote it, an empty one. */
export function aboutRow({ rows }: Desk): Row<'plan'> {
  const found = rows('plan').find(({ id }) => id === ABOUT)
  const { id, ...values } = blank('plan', ABOUT)
  return found ?? { id, values, conflicts: new Map(), removal: null, flags: [] }
}

/** A record that is not there yet, to show values that it might get. */
export const blankRow: Row<PlanSet> = { id: '', values: {} as never, conflicts: new Map(), removal: null, flags: [] }
