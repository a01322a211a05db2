import { record } from '../context.ts'
import { DATASET, findDataset } from '../datasets/dataset.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { copyOf, saveCopy } from './records.ts'

/** Takes a colleague's dataset or policy out of this vault. The share stands: its next revision is taken again. */
export function removeCopy(hub: Hub, artifact: string): void {
  const { vault } = hub.context
  const copy = copyOf(hub, artifact)
  if (!copy || copy.removed || copy.of === 'approval') throw new Refused('colleagues', 'no-such-copy')
  hub.change(() => {
    const dataset = findDataset(vault, artifact)
    if (copy.of === 'dataset' && dataset.ok) {
      vault.datasets.drop(dataset.value.table)
      vault.records.remove(DATASET, artifact)
    }
    if (copy.of === 'policy') vault.records.remove('policy', artifact)
    saveCopy(hub, { ...copy, removed: true })
    record(hub.context, {
      kind: 'opening',
      code: 'colleague-copy-removed',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: artifact, name: copy.name },
      detail: { revision: copy.revision },
    })
    return undefined
  })
}
