import { Refused } from '../edge.ts'
import type { ChannelId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import { fileName, sliceTable } from '../artifacts/export-forecast.ts'
import { exportTable } from '../datasets/export.ts'
import { detailOf, seeAs, summaries, summaryOf } from '../disclosures/views.ts'
import { listPolicies, propose, removePolicy, savePolicy } from '../disclosures/policies.ts'
import { prepareInSteps, previewOf } from '../disclosures/prepare.ts'
import { release, withdraw } from '../disclosures/release.ts'
import type { Front } from './front.ts'
import type { Api } from './areas.ts'

export function datasetAreas({ datasets }: Api, engine: Front) {
  const intents = () => engine.desk.session.datasets
  /** What is shared with colleagues follows what it is of. */
  const followed = <T>(value: T): T => {
    engine.desk.session.colleagues.wake()
    return value
  }
  return {
    datasets: {
      list: datasets.list.handler(() => intents().list()),
      probe: datasets.probe.handler(({ input }) => intents().probe(input.source, input.choice)),
      import: datasets.import.handler(({ input }) => intents().import(input)),
      synthesise: datasets.synthesise.handler(({ input }) => intents().synthesise(input.name, input.rows)),
      page: datasets.page.handler(({ input }) => intents().page(input.dataset, input)),
      defects: datasets.defects.handler(({ input }) => intents().defects(input.dataset)),
      update: datasets.update.handler(({ input }) =>
        followed(intents().update(input.dataset, input.name, input.columns)),
      ),
      remove: datasets.remove.handler(({ input }) => followed(intents().remove(input.dataset))),
      export: datasets.export.handler(({ input }) => intents().export(input.dataset, input.locale)),
      exportDefects: datasets.exportDefects.handler(({ input }) =>
        intents().exportDefects(input.dataset, input.locale),
      ),
      reimport: datasets.reimport.handler(({ input }) => intents().reimport(input.dataset, input.plan, input.key)),
      reimportDiff: datasets.reimportDiff.handler(({ input }) => intents().reimportDiff(input.job)),
      confirmReimport: datasets.confirmReimport.handler(({ input }) =>
        followed(intents().confirmReimport(input.token)),
      ),
      dropReimport: datasets.dropReimport.handler(({ input }) => intents().dropReimport(input.token)),
    },
  }
}

export function disclosureAreas({ disclosures }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = <T>(value: T): T => {
    engine.desk.session.colleagues.wake()
    engine.changes.say('disclosures', 'artifacts', 'audit', 'today')
    return value
  }
  return {
    disclosures: {
      policies: disclosures.policies.handler(() => listPolicies(hub())),
      propose: disclosures.propose.handler(({ input }) =>
        propose(hub(), input.dataset, input.workspace as WorkspaceId, input.channel as ChannelId),
      ),
      savePolicy: disclosures.savePolicy.handler(({ input }) => changed(savePolicy(hub(), input))),
      removePolicy: disclosures.removePolicy.handler(({ input }) => changed(removePolicy(hub(), input.policy))),
      preview: disclosures.preview.handler(async ({ input }) => {
        const steps = prepareInSteps(hub(), input.policy, input.title, input.forecast)
        let step = steps.next()
        while (step.done !== true) {
          // Asked for anew each time: the vault may be locked meanwhile, and then the preview ends as any call does.
          await hub().context.scheduler.breathe()
          hub()
          step = steps.next()
        }
        const prepared = step.value
        return prepared.ok ? previewOf(hub(), prepared.value) : { outcome: 'refused' as const, ...prepared.objections }
      }),
      disclose: disclosures.disclose.handler(({ input }) => {
        const { policy, title, forecast, sliceId, confirmHeld } = input
        return changed(summaryOf(hub(), release(hub(), { policy, title, forecast, sliceId, confirmHeld })))
      }),
      list: disclosures.list.handler(() => summaries(hub())),
      get: disclosures.get.handler(({ input }) => detailOf(hub(), input.artifact, input.compareWith)),
      withdraw: disclosures.withdraw.handler(({ input }) => changed(withdraw(hub(), input.artifact, input.reason))),
      seeAs: disclosures.seeAs.handler(({ input }) => seeAs(hub(), input.workspace, input.role)),
      export: disclosures.export.handler(async ({ input }): Promise<DownloadView> => {
        const { slice, sliceId, title } = detailOf(hub(), input.artifact, undefined)
        if (!slice) throw new Refused('disclosures', 'withdrawn')
        const { tables, scheduler } = hub().context
        const owner = hub().identity.card.name[input.locale]
        const bytes = await exportTable(
          tables,
          scheduler,
          sliceTable(slice, sliceId, owner, input.locale),
          input.locale,
        )
        return engine.desk.transfers.offer(fileName(title[input.locale]), bytes)
      }),
    },
  }
}
