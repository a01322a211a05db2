import { describe, expect, it } from 'vitest'
import { listWorkspaces } from '#engine/workspaces/workspace-record.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelBed, hubOf } from '#test/support/channel-bed.ts'
import { deviceOf } from '#test/support/two-companies.ts'

const bed = channelBed()

describe('what happens to people and companies at the same time', () => {
  it(
    '[SYN-119] two companies certify a new person apart from each other: both persons read what was written under keys that left them out, without anybody writing more',
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const [ofA, ofB] = [await bed.enrol(a, ['coo']), await bed.enrol(b, ['coo'])]
      const [fromA, fromB] = [bed.declare(a, 1), bed.declare(b, 2)]
      const all = [a, b, ofA, ofB]
      const keys = () => new Set([a, b].flatMap((one) => [...bed.runtimeOf(one).members.epochs.keys()])).size
      const before = keys()
      for (let round = 0; round < 2; round++) await bed.everybodyMeets(all)
      for (const one of all) expect([bed.sees(one, fromA), bed.sees(one, fromB)]).toEqual([true, true])
      for (const one of all) expect(bed.verdicts(one)).toBe(bed.verdicts(a))
      expect(all.filter((one) => bed.runtimeOf(one).handsOn)).toEqual([])
      // For each of the two keys one of the three who hold it, and nobody goes on after that.
      const after = keys()
      expect([1, 2]).toContain(after - before)
      await bed.everybodyMeets(all)
      expect(keys()).toBe(after)
    },
  )

  it(
    '[SYN-120] the word that a company leaves, which waits for the word that a person of it lost roles, is taken in with that',
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const [one, other] = [await bed.enrol(b, ['coo', 'legal']), await bed.enrol(b, ['coo'])]
      await bed.everybodyMeets([a, b, one, other])
      const held = bed.runtimeOf(a).admission.index.lines.map(({ id, hashes }) => [id, hashes.length] as const)
      const { people } = await b.client.company.get()
      const person = people.find(({ devices }) => devices.some(({ device }) => device === deviceOf(one)))
      await b.client.company.certify({ person: person?.id ?? '', roles: ['coo'], validTo: '2027-06-30' })
      await bed.carry(b, other)
      await other.client.workspaces.leave({ workspace: bed.two.workspace })

      // What the other device wrote comes first, and waits for what it names.
      const { log } = hubOf(other).context.vault
      const runs = log.channels().flatMap((channel) =>
        channel === bed.two.channel
          ? [...log.replay(channel)].flatMap(({ bytes }) => {
              const run = parseRun(bytes)
              return run.ok && run.value.lastSeq > (new Map(held).get(run.value.feed) ?? 0) ? [run.value] : []
            })
          : [],
      )
      const left = runs.filter(({ feed }) => feed.startsWith(deviceOf(other)))
      expect(left.length).toBeGreaterThan(0)
      const hub = hubOf(a)
      const [workspace] = listWorkspaces(hub.context)
      for (const { bytes } of [...left, ...runs.filter((run) => !left.includes(run))])
        hub.receive(workspace ?? expect.fail(), bed.two.channel as ChannelId, [bytes], '')

      const { admission, members } = bed.runtimeOf(a)
      expect(admission.endings.all.map(({ subject }) => subject.kind)).toEqual(['roles', 'company'])
      expect(admission.ackDue).toBe(false)
      expect(members.companies.get(hubOf(b).identity.card.company)?.left).toBe(true)
      const seen = (await a.client.workspaces.get({ workspace: bed.two.workspace })).members
      expect(seen.find(({ own }) => !own)?.left).toBe(true)
    },
  )
})
