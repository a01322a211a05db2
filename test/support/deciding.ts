import { expect } from 'vitest'
import { decisionPlace, stateIn } from '#engine/decisions/decision.ts'
import type { DeskTools } from '#engine/desk.ts'
import type { CompanyPosition } from '#shared/artifacts/decision-content.ts'
import type { RoundView } from '#shared/projection/decision-views.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import type { Company } from './company.ts'
import { threeCompanies, type ThreeCompanies } from './three-companies.ts'
import { kept, openWindow } from './window.ts'

const TITLE = { en: 'Where the shared hub goes', ar: 'موقع المركز المشترك' }
export const RIYADH = { vision: 80, purpose: 70, fit: 90, legend: 60 }
export const DAMMAM = { vision: 40, purpose: 50, fit: 30, legend: 60 }

/** Three companies with a draft of two options, not yet put to the vote; `policy` changes the usual rule. */
export async function drafted(
  policy: Readonly<Record<string, string | number | readonly string[]>>,
  tools: readonly (Partial<DeskTools> | undefined)[] = [],
): Promise<{ three: ThreeCompanies; artifact: string; live: LiveDocument }> {
  const three = await threeCompanies(['ceo', 'coo'], tools)
  const [a] = three.all
  const type = 'JointGovernanceDecision.v1'
  const { artifact } = await a.client.documents.create({ channel: three.channel, type, title: TITLE })
  const live = await openWindow(a, artifact)
  live.set('topic', 'it', 'questionEn', 'Where do we build the cold-chain hub?')
  live.set('topic', 'it', 'questionAr', 'أين نبني مركز سلسلة التبريد؟')
  live.set('topic', 'it', 'benefitsEn', 'Shorter routes for all three.')
  live.set('topic', 'it', 'deadline', '2026-11-30')
  live.set('options', 'o1', 'title', { en: 'Riyadh', ar: 'الرياض' })
  live.set('options', 'o2', 'title', { en: 'Dammam', ar: 'الدمام' })
  for (const [field, value] of Object.entries(policy)) live.set('policy', 'it', field, value)
  await kept(live)
  await three.level()
  return { three, artifact, live }
}

export async function roundOf({ client }: Company, artifact: string): Promise<RoundView> {
  const { rounds, current } = await client.decisions.get({ artifact })
  const found = rounds.find(({ hash }) => hash === current)
  if (!found) throw new Error('no round')
  return found
}

/** What every engine makes of the decision: the same, to the hash. */
export async function agreed(three: ThreeCompanies, artifact: string): Promise<RoundView> {
  await three.level()
  const seen = three.all.map((company) => {
    const { hub } = company.engine.desk.session
    const { rounds, current, refusals } = stateIn(hub, decisionPlace(hub, artifact))
    return JSON.stringify([
      current?.hash,
      [...refusals].toSorted(),
      rounds.map(({ hash, standing, now, closing, signatures: { final, signed } }) => [
        hash, standing, now.hash, closing?.statement.hash, final, [...signed.keys()],
      ]),
    ]) // prettier-ignore
  })
  expect(new Set(seen).size, seen.join('\n')).toBe(1)
  return roundOf(three.all[0], artifact)
}

export interface Speech {
  readonly o1: typeof RIYADH
  readonly o2: typeof RIYADH
  readonly votes: { readonly o1: 'yes' | 'no'; readonly o2: 'yes' | 'no' }
  readonly objection?: string
  /** What the role's sheet says, which stays at home. */
  readonly reasons?: string
  readonly evidence?: string
  /** What the position says, which all read. */
  readonly rationale?: string
}
export const FOR_RIYADH: Speech = { o1: RIYADH, o2: DAMMAM, votes: { o1: 'yes', o2: 'no' } }
export const AGAINST_BOTH: Speech = { o1: DAMMAM, o2: DAMMAM, votes: { o1: 'no', o2: 'no' } }
export const FOR_DAMMAM: Speech = { o1: DAMMAM, o2: RIYADH, votes: { o1: 'no', o2: 'yes' } }

/** Scores both options with one role and approves the position that follows. */
export async function speak({ client }: Company, artifact: string, speech: Speech): Promise<void> {
  const { votes, objection = '', reasons = 'Our own reasons', evidence = 'board paper 7', rationale = 'For the record' } = speech
  const { current } = await client.decisions.get({ artifact })
  const round = current ?? ''
  const sheet = (scores: typeof RIYADH) => ({ scores, rationale: reasons, evidence: [evidence] })
  const options = { o1: sheet(speech.o1), o2: sheet(speech.o2) }
  const { rounds } = await client.decisions.saveScores({ artifact, round, role: 'ceo', weight: 1, options })
  const computed = rounds.find(({ hash }) => hash === round)?.own?.computed ?? {}
  const said = (['o1', 'o2'] as const).map((option): Pick<CompanyPosition['options'][number], 'option' | 'score' | 'vote' | 'objection'> => ({
    option, score: computed[option]?.score ?? 0, vote: votes[option], objection: votes[option] === 'no' ? objection : '',
  })) // prettier-ignore
  await client.decisions.approve({ artifact, round, stance: 'vote', options: said, rationale })
} // prettier-ignore
