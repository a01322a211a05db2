import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StandardsDoc, type StandardRow, type StandardSet } from '#shared/artifacts/standards-doc.v1.ts'
import type { Field } from '#shared/artifacts/field.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Projected } from '#shared/living/project.ts'
import type { StandardView } from '#shared/projection/standard-views.ts'
import { composeContent, rowsOf, waiversIn, windowsIn, type Draft } from '#shared/standards/compose-content.ts'
import type { StandardContent } from '#shared/standards/content.ts'
import type { DeprecationWindow } from '#shared/standards/due.ts'
import type { Released, Waiver } from '#shared/standards/facts.ts'
import { treeOfFragment } from '#shared/standards/fragment.ts'
import { deskContext } from '#ui/app/desk-context.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useLive } from '#ui/app/use-live-document.ts'
import { useLocale } from '#ui/parts/locale.ts'

export type Row<S extends StandardSet> = Projected<StandardRow<S>>

/** The open standard as its screens work with it: the draft as merged, what was stated, and what both come to. */
export interface Desk {
  readonly artifact: string
  readonly live: LiveDocument
  readonly mayWrite: boolean
  readonly view: StandardView
  readonly rows: <S extends StandardSet>(set: S) => readonly Row<S>[]
  readonly draft: Draft
  /** The draft as content, with the number of each clause. */
  readonly content: StandardContent
  readonly released: readonly Released<StandardContent>[]
  /** Days of each version's window, by its number. */
  readonly windows: ReadonlyMap<string, DeprecationWindow>
  readonly waivers: readonly Waiver[]
  readonly inScope: readonly CompanyId[]
  readonly partyName: (party: string) => string
  /** `1.2 Scope` of the draft, in the digits and words of the language. */
  readonly clauseName: (clause: string) => string
}

const [DeskContext, useDesk] = deskContext<Desk>()
export { useDesk }

/** Reads the draft once per change, for every screen below. */
export function DeskProvider(props: {
  readonly live: LiveDocument
  readonly view: StandardView
  readonly children: ReactNode
}) {
  const { live, view, children } = props
  const version = useLive(live)
  const { f, pick } = useLocale()
  const { t } = useTranslation('standards')
  const value = useMemo((): Desk => {
    const known = new Map<StandardSet, readonly Row<StandardSet>[]>()
    const rows = <S extends StandardSet>(set: S): readonly Row<S>[] => {
      const found = known.get(set) ?? (rowsOf(live.registers, set) as readonly Row<StandardSet>[])
      known.set(set, found)
      return found as unknown as readonly Row<S>[]
    }
    const draft: Draft = {
      registers: live.registers,
      text: (set, record, field) => treeOfFragment(live.fragment(set, record, field)),
    }
    const content = composeContent(draft, null)
    const headings = new Map(
      rows('clauses').map(({ id, values }) => [id, pick({ en: values.headingEn ?? '', ar: values.headingAr ?? '' }) || t('clause.unnamed')]),
    ) // prettier-ignore
    const names = new Map([
      ...headings,
      ...content.clauses.map(({ id, number }) => [id, `${f.digits(number)} ${headings.get(id) ?? ''}`] as const),
    ])
    const out = new Set(rows('scope').flatMap(({ values }) => (values.state === 'out' ? [values.party] : [])))
    return {
      artifact: view.artifact,
      live,
      mayWrite: live.mayWrite,
      view,
      rows,
      draft,
      content,
      released: view.released.map((each) => ({ ...each, definitions: new Map(Object.entries(each.definitions)) })),
      windows: windowsIn(live.registers),
      waivers: waiversIn(live.registers),
      inScope: view.parties.map(({ id }) => id).filter((id) => !out.has(id)),
      partyName: (party) => {
        const found = view.parties.find(({ id }) => id === party)
        return found ? pick(found.name) : party.slice(0, 8)
      },
      clauseName: (clause) => names.get(clause) ?? t('clause.gone'),
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
  }, [live, view, version, f, pick, t])
  return <DeskContext value={value}>{children}</DeskContext>
}

/** The definition of a field of a set: its name and the names of its choices. */
export const definitionOf = (set: StandardSet, field: string): Field | undefined =>
  fieldAt(StandardsDoc, 'joint', `${set}.${field}`)
