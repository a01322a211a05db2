import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { dryRunView, foundProduction, pass, rehearsedAgreement, tick } from '../dry-run/intents.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function dryRunAreas({ dryRuns }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = (workspace: string) => {
    engine.changes.say('workspaces', 'audit', 'today')
    return dryRunView(hub(), workspace as WorkspaceId)
  }
  return {
    dryRuns: {
      get: dryRuns.get.handler(({ input }) => dryRunView(hub(), input.workspace as WorkspaceId)),
      tick: dryRuns.tick.handler(({ input }) => {
        tick(hub(), input.workspace as WorkspaceId, input.item, input.done, input.evidence)
        return changed(input.workspace)
      }),
      agreement: dryRuns.agreement.handler(({ input }) => ({
        artifact: rehearsedAgreement(hub(), input.workspace as WorkspaceId),
      })),
      pass: dryRuns.pass.handler(({ input }) => {
        pass(hub(), input.workspace as WorkspaceId)
        return changed(input.workspace)
      }),
      foundProduction: dryRuns.foundProduction.handler(({ input }) => {
        const workspace = foundProduction(hub(), input.workspace as WorkspaceId)
        engine.desk.session.connections.refreshAll()
        changed(input.workspace)
        return { workspace }
      }),
    },
  }
}
