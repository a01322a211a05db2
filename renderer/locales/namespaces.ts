import type activity from './en/activity.json'
import type agreement from './en/agreement.json'
import type claims from './en/claims.json'
import type agreementLife from './en/agreement-life.json'
import type approvals from './en/approvals.json'
import type audit from './en/audit.json'
import type change from './en/change.json'
import type colleagues from './en/colleagues.json'
import type common from './en/common.json'
import type contradictions from './en/contradictions.json'
import type convergence from './en/convergence.json'
import type decision from './en/decision.json'
import type dispute from './en/dispute.json'
import type disclosures from './en/disclosures.json'
import type dryRun from './en/dry-run.json'
import type evidence from './en/evidence.json'
import type forecast from './en/forecast.json'
import type negotiation from './en/negotiation.json'
import type position from './en/position.json'
import type plan from './en/plan.json'
import type privacy from './en/privacy.json'
import type privateData from './en/private.json'
import type reciprocity from './en/reciprocity.json'
import type scoring from './en/scoring.json'
import type settings from './en/settings.json'
import type standards from './en/standards.json'
import type today from './en/today.json'
import type welcome from './en/welcome.json'
import type workspaces from './en/workspaces.json'

/** The namespaces whose keys the compiler checks. Refusals and the catalogue's words are looked up by code instead. */
export interface Namespaces {
  readonly agreement: typeof agreement
  readonly decision: typeof decision
  readonly convergence: typeof convergence
  readonly change: typeof change
  readonly dispute: typeof dispute
  readonly claims: typeof claims
  readonly 'agreement-life': typeof agreementLife
  readonly negotiation: typeof negotiation
  readonly position: typeof position
  readonly approvals: typeof approvals
  readonly contradictions: typeof contradictions
  readonly audit: typeof audit
  readonly colleagues: typeof colleagues
  readonly common: typeof common
  readonly welcome: typeof welcome
  readonly today: typeof today
  readonly standards: typeof standards
  readonly workspaces: typeof workspaces
  readonly plan: typeof plan
  readonly private: typeof privateData
  readonly privacy: typeof privacy
  readonly disclosures: typeof disclosures
  readonly evidence: typeof evidence
  readonly forecast: typeof forecast
  readonly 'dry-run': typeof dryRun
  readonly activity: typeof activity
  readonly reciprocity: typeof reciprocity
  readonly scoring: typeof scoring
  readonly settings: typeof settings
}
