import type { ContradictionPlace } from '#shared/projection/contradiction-views.ts'
import { to, type Route } from '#ui/app/route.ts'

/** The tab of a joint plan on which a set is edited. */
const OF_PLAN: Readonly<Record<string, string>> = {
  plan: 'about', milestones: 'milestones', raci: 'roles', budget: 'budget', kpis: 'kpis', readings: 'kpis',
} // prettier-ignore
const FACTS: ReadonlySet<string> = new Set(['terms', 'effectiveOn', 'law', 'prevailing'])

/** Where a person reads a place, and can change it if it may be changed: the document's own page, on the tab that shows it. */
export function whereOf({ opens, type, anchor, standing, audience }: ContradictionPlace): Route {
  if (opens.area === 'artifact') return to.artifact(opens.id)
  const [set = ''] = anchor.split('/')
  if (type === 'JointInitiativePlan.v1') return to.document(opens.id, OF_PLAN[set])
  if (type === 'StandardsDoc.v1') return to.document(opens.id, 'versions')
  if (audience === 'company') return to.document(opens.id, 'position')
  if (set === 'claims') return to.document(opens.id, 'claims')
  // What is signed is read under its version; a draft is edited where its value stands.
  if (standing === 'draft') return to.document(opens.id, FACTS.has(set) ? 'facts' : undefined)
  if (set === 'until' || set === 'version') return to.document(opens.id, 'life')
  return to.document(opens.id)
}
