import { agreements } from './agreements.ts'
import { approvals } from './approvals.ts'
import { app, audit, company, files, jobs, joining, sample, today, vault } from './app.ts'
import { colleagues } from './colleagues.ts'
import { changes } from './changes.ts'
import { contradictions } from './contradictions.ts'
import { convergence } from './convergence.ts'
import { decisions } from './decisions.ts'
import { datasets } from './datasets.ts'
import { dryRuns } from './dry-runs.ts'
import { consents } from './consents.ts'
import { disclosures } from './disclosures.ts'
import { disputes } from './disputes.ts'
import { documents } from './documents.ts'
import { negotiation } from './negotiation.ts'
import { plans } from './plans.ts'
import { scoring } from './scoring.ts'
import { standards } from './standards.ts'
import { artifacts, workspaces } from './workspaces.ts'

/** Everything a window may ask of the engine. Shared by every adapter: message port, WebSocket, and later HTTP. */
export const contract = {
  app,
  vault,
  sample,
  files,
  jobs,
  joining,
  company,
  workspaces,
  artifacts,
  agreements,
  decisions,
  convergence,
  changes,
  disputes,
  negotiation,
  scoring,
  documents,
  plans,
  standards,
  datasets,
  disclosures,
  dryRuns,
  consents,
  colleagues,
  approvals,
  contradictions,
  today,
  audit,
}
