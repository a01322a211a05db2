import { join } from 'node:path'
import { startCompany } from '#test/support/company.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import type { Saying } from '#engine/channels/channel-runtime.ts'
import type { Instant } from '#shared/kernel/time.ts'

/**
 * One measurement in a process of its own, because what was read once stays warm. Arguments: `fill` or `open`, the profile, and the
 * number of past entries. Prints JSON.
 *
 * The workspace grows old without growing large: a plan of a hundred cells that are written again and again, by its owner.
 */
const [mode, directory = '', wanted = '0'] = process.argv.slice(2)
const ENTRIES = Number(wanted)
const CELLS = 100
const BATCH = 1024
const OWN = 'own' as SectionName
const PASSPHRASE = 'a passphrase of many years'
const NOW = Date.UTC(2026, 10, 21) as Instant
const company = await startCompany({ directory: join(directory), passphrase: PASSPHRASE, clock: { now: () => NOW } })
const { client, engine } = company

async function fill(): Promise<void> {
  await client.vault.create({
    company: { en: 'Old', ar: 'عتيقة' }, person: { en: 'Amal', ar: 'أمل' }, roles: ['coo', 'admin'], passphrase: PASSPHRASE,
  }) // prettier-ignore
  const workspace = await client.workspaces.create({
    kind: 'customer-seller', name: { en: 'Ten years', ar: 'عشر سنين' }, outcome: { en: 'x', ar: 'س' },
    charter: { addCompany: 'any-member', roles: ['coo', 'admin'] }, channel: { name: { en: 'One', ar: 'واحدة' }, roles: ['coo'] },
  }) // prettier-ignore
  const channel = workspace.channels[0]?.id as ChannelId
  const { hub } = engine.desk.session
  const nonce = new Uint8Array(16).fill(1)
  const artifact: ArtifactId = artifactIdOf(hub.context.crypto, hub.identity.card.company, nonce)
  const created = { type: 'artifact-created' as const, artifact, artifactType: CapacityPlan.type, nonce, title: { en: 'Plan', ar: 'خطة' } } // prettier-ignore
  hub.change(() => {
    writeIn(hub, channel, [{ kind: 'event', payload: writeArtifactEvent(created) }])
    return undefined
  })
  for (let done = 0; done < ENTRIES; done += BATCH) {
    hub.change(() => {
      const runtime = hub.touch(channel)
      const sayings: Saying[] = []
      for (let at = done; at < Math.min(ENTRIES, done + BATCH); at++) {
        const update = runtime.edit(artifact, OWN, (writer) =>
          writer.setKey('slots', `cell ${at % CELLS}`, { capacity: at }),
        )
        if (update) sayings.push({ kind: 'doc', payload: writeDoc([{ artifact, section: OWN, replica: 0, update }]) })
      }
      writeIn(hub, channel, sayings)
      return undefined
    })
  }
  await client.vault.lock()
}

async function open(): Promise<{ readonly whole: number; readonly workspace: number; readonly memory: number }> {
  const from = performance.now()
  await client.vault.unlock({ passphrase: PASSPHRASE })
  const unlocked = performance.now()
  const [workspace] = await client.workspaces.list()
  if (!workspace) throw new Error('no workspace')
  await client.workspaces.get({ workspace: workspace.id })
  await client.artifacts.list({ workspace: workspace.id })
  const whole = performance.now() - from
  return { whole, workspace: performance.now() - unlocked, memory: process.memoryUsage.rss() }
}

const stretch = (): number => {
  const { crypto } = engine.desk.tools
  const from = performance.now()
  crypto.stretch(PASSPHRASE, new Uint8Array(16), { passes: 1, memory: 64 * 1024 * 1024 })
  return performance.now() - from
}

if (mode === 'fill') await fill()
else console.log(JSON.stringify({ ...(await open()), stretch: stretch() }))
engine.close()
