import type { Words } from '#shared/artifacts/words.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { LENSES, type Lens, type LensName, type Rubric } from './rubric.ts'
import { ARABIC } from './arabic-words.ts'
import { ENGLISH } from './english-words.ts'

/** Roles with a rubric of their own; a founder looks as a CEO does, and the rest from a general place. */
type Author = Exclude<Role, 'founder' | 'sponsor' | 'admin'> | 'general'
type LensWords = readonly [string, string, string, string, string, string]
export type StandardWords = Readonly<Record<Author, Readonly<Record<LensName, LensWords>>>>

const authorOf = (role: Role): Author => {
  if (role === 'founder') return 'ceo'
  return role === 'sponsor' || role === 'admin' ? 'general' : role
}

/** The rubric that Mithaq ships for a role. Everybody has it: it is public. */
export function standardRubric(role: Role): Rubric {
  const author = authorOf(role)
  const lenses = Object.fromEntries(
    LENSES.map((name) => [name, lensOf(ENGLISH[author][name], ARABIC[author][name])]),
  ) as Record<LensName, Lens>
  return { role, weight: 1, lenses }
}

/** A rubric that was kept before there were all of these lenses. */
export type KeptRubric = Omit<Rubric, 'lenses'> & { readonly lenses: Readonly<Partial<Record<LensName, Lens>>> }

/** A rubric as it was kept, with the shipped wording under every lens that did not exist then. */
export const withEveryLens = (kept: KeptRubric): Rubric => ({
  ...kept,
  lenses: { ...standardRubric(kept.role).lenses, ...kept.lenses },
})

function lensOf(english: LensWords, arabic: LensWords): Lens {
  const at = (place: 0 | 1 | 2 | 3 | 4 | 5): Words => ({ en: english[place], ar: arabic[place] })
  return { question: at(0), anchors: [at(1), at(2), at(3), at(4), at(5)] }
}
