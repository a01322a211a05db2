import { wordChanges, type WordItem } from '#shared/agreement/word-changes.ts'
import { readExport, type AgreementExport } from '#shared/artifacts/agreement-export.ts'
import type { ProposedChange, Wording } from '#shared/artifacts/negotiation-event.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { WordReadingView } from '#shared/projection/negotiation-views.ts'
import { agreementPlace, draftOf, type Place } from '../agreements/agreement.ts'
import { must, Refused } from '../edge.ts'
import { authorView } from '../live/authors.ts'
import type { TableFile } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { propose, type ProposalOrder } from './proposals.ts'

/** What an edited Word file would change, for the person to look at; nothing is proposed yet. @throws Refused */
export async function readWord(hub: Hub, artifact: string, file: TableFile): Promise<WordReadingView> {
  const place = agreementPlace(hub, artifact)
  const { changes, exported } = await reading(hub, place, file)
  const here = new Set(draftOf(place).clauses.map(({ id }) => id))
  return {
    file: file.name,
    exported: {
      by: authorView(place.runtime, exported.author, hub.identity.card.company),
      at: exported.at,
    },
    items: changes.items.map((item) => ({ ...item, gone: item.clause !== null && !here.has(item.clause) })),
    moved: changes.moved,
    comments: changes.comments,
    dropped: changes.dropped,
  }
}

/** What a person decided about one item of a file. */
export interface WordChoice {
  readonly item: string
  /** New words for a clause, a new clause behind one (null: at the front), or that the clause goes. */
  readonly as: 'clause' | 'insert' | 'remove'
  readonly clause: string | null
}

/**
 * Proposes what a person chose out of a file. The file is read again: what is proposed, and which names it claims, is what stands in
 * it, whatever the window says. @throws Refused, and then nothing is proposed
 */
export async function proposeFromWord(
  hub: Hub,
  artifact: string,
  file: TableFile,
  order: { readonly rationale: string; readonly choices: readonly WordChoice[] },
): Promise<number> {
  const place = agreementPlace(hub, artifact)
  const { changes } = await reading(hub, place, file)
  const orders = order.choices.flatMap(({ item: id, ...choice }): readonly ProposalOrder[] => {
    const item = changes.items.find((one) => one.id === id)
    if (!item) throw new Refused('negotiation', 'word-changed')
    const word = { file: file.name.slice(0, 200), names: [...item.names], untracked: item.untracked }
    return changesOf(place, item, choice).map((change) => ({ change, rationale: order.rationale, answers: null, word }))
  })
  const distinct = new Map(orders.map((one) => [JSON.stringify(one.change), one]))
  if (distinct.size === 0) throw new Refused('negotiation', 'nothing-to-change')
  propose(hub, artifact, [...distinct.values()])
  return distinct.size
}

function changesOf(place: Place, item: WordItem, { as, clause }: Omit<WordChoice, 'item'>): readonly ProposedChange[] {
  if ([item.en, item.ar].some(({ heading, text }) => heading.length > 400 || text.length > 20_000))
    throw new Refused('negotiation', 'word-too-long')
  const draft = draftOf(place)
  const terms = item.terms.flatMap(({ term, value }): readonly ProposedChange[] => {
    const before = draft.terms[term] ?? null
    if (value === null || typeof before === 'object' || before === value) return []
    return [{ kind: 'term', term, before, value }]
  })
  // A row among the facts is its value and nothing else.
  if (item.kind === 'unplaced' && terms.length > 0) return terms
  if (as === 'insert') return [{ kind: 'insert', after: clause, en: item.en, ar: item.ar }, ...terms]
  const standing = draft.clauses.find(({ id }) => id === clause)?.values
  if (clause === null || !standing) throw new Refused('negotiation', 'clause-gone')
  const now = {
    en: { heading: standing.headingEn ?? '', text: standing.textEn ?? '' },
    ar: { heading: standing.headingAr ?? '', text: standing.textAr ?? '' },
  }
  const before = item.clause === clause && item.before ? item.before : now
  if (as === 'remove') return [{ kind: 'remove', clause, before }]
  const language = (of: 'en' | 'ar'): Wording | undefined => {
    const empty = item[of].heading === '' && item[of].text === ''
    // What a person placed by hand says nothing about the language that it does not hold.
    if (item.clause !== clause && empty) return undefined
    return item[of].heading === before[of].heading && item[of].text === before[of].text ? undefined : item[of]
  }
  const [en, ar] = [language('en'), language('ar')]
  return [...(en || ar ? [{ kind: 'clause' as const, clause, before, ...(en && { en }), ...(ar && { ar }) }] : []), ...terms]
} // prettier-ignore

interface Exported {
  readonly base: AgreementExport
  readonly author: RoleCertificate
  readonly at: WordReadingView['exported']['at']
}

async function reading(hub: Hub, place: Place, file: TableFile) {
  const read = must(await hub.context.wordFiles.read(file), 'negotiation')
  if (read.artifact === null || read.hash === null) throw new Refused('negotiation', 'word-not-from-here')
  if (read.artifact !== place.id) throw new Refused('negotiation', 'word-other-agreement')
  const exported = exportedAs(hub, place, read.hash)
  if (!exported) throw new Refused('negotiation', 'word-version-unknown')
  return { changes: wordChanges(exported.base, read, place.kind.terms), exported }
}

/** The text that went out under a hash, if it is one of this agreement and of that hash. */
function exportedAs(hub: Hub, { runtime, id }: Place, hash: string): Exported | undefined {
  for (const { fact, author, at } of runtime.facts.eventsOf(id, 'agreement-exported')) {
    if (fact.hash !== hash || hub.context.paper.sha256(utf8(fact.text)) !== hash) continue
    const base = readExport(fact.text)
    if (base?.artifact === id) return { base, author, at }
  }
  return undefined
}
