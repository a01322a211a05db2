import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { toHex } from '#shared/kernel/bytes.ts'
import { auditOf, importFile, type Company } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { reopened, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { runAndKill, seeded, type KillPoint } from '../adversarial/killed-child.ts'
import { mark, turnOf } from './killed-work.ts'

const CHILD = new URL('./killed-engines-child.ts', import.meta.url)
const draw = seeded(2_611)
const POINTS = 50
/** Every other point is inside a call of a vault, by its count; every other where the operating system lets the signal arrive. */
const pointOf = (index: number): KillPoint => (index % 2 === 0 ? { step: 60 + draw(1200) } : { line: 2 + draw(9) })

let root = ''
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Every entry's place in each log: two entries under one number would be a number used twice. */
function placesOf({ engine }: Company): Map<string, string> {
  const { log } = engine.desk.session.context.vault
  const places = new Map<string, string>()
  for (const channel of log.channels()) {
    const next = new Map<string, number>()
    for (const { feed, firstSeq, lastSeq, bytes } of log.replay(channel)) {
      expect(firstSeq, 'a feed without gap or repetition').toBe((next.get(feed) ?? 0) + 1)
      next.set(feed, lastSeq)
      places.set(`${channel}/${feed}/${firstSeq}`, toHex(bytes))
    }
  }
  return places
}

async function checkAlone(company: Company, where: string): Promise<void> {
  expect(await company.client.audit.verify(), where).toMatchObject({ intact: true, firstBroken: null })
  const { vault } = company.engine.desk.session.context
  expect(vault.datasets.sweepStaging(), where).toBe(0)
  expect(await auditOf(company, ['refusal']), where).toEqual([])
  expect(vault.records.list('fork-proof'), where).toEqual([])
}

/** What each acknowledged turn must have left behind, by its mark. */
async function marksOf(two: TwoCompanies, artifact: string): Promise<ReadonlySet<string>> {
  const datasets = (await two.a.client.datasets.list()).map(({ name }) => name)
  const marks = new Set(datasets)
  for (const company of [two.a, two.b]) {
    const { plan, consensus } = await company.client.artifacts.open({ artifact })
    for (const { reason } of Object.values(plan?.content.commitments ?? {})) if (reason) marks.add(reason)
    for (const { note } of Object.values(consensus)) if (note) marks.add(note)
  }
  return marks
}

describe('[story 4] SIGKILL at fifty seeded points of import, edit, disclosure and sync', () => {
  it('[PV-3] both vaults open, both chains verify, nothing acknowledged is missing, no number is used twice, and both converge', async () => {
    const made = await twoCompanies()
    root = made.root
    const dataset = await importFile(made.a, 'orders.csv', ledger(regularOrders()))
    const { artifact } = await made.disclose(await made.policy(dataset.id))
    await made.level(made.wire())
    await made.b.client.artifacts.open({ artifact })
    const { workspace, channel } = made
    made.lock()

    const acknowledged = new Set<number>()
    const begun = new Set<number>()
    let next = 0
    const seen = new Map<string, string>()
    for (let index = 0; index < POINTS; index++) {
      const point = pointOf(index)
      const { lines, killed } = await runAndKill(CHILD, [root, workspace, channel, artifact, String(next)], point)
      const where = `point ${index} ${JSON.stringify(point)} after ${lines.at(-1)}`
      expect(killed, where).toBe(true)
      for (const line of lines) {
        const [word, number] = line.split(' ')
        if (word === 'begun') begun.add(Number(number))
        if (word === 'done') acknowledged.add(Number(number))
      }
      // What was begun and not acknowledged may be there or not; it is not done again under the same number.
      next = Math.max(-1, ...begun) + 1
      // Opening after each point would hide that the next child can open by itself: look closely at every fifth.
      if (index % 5 !== 4) continue

      const two = await reopened(root, { workspace, channel })
      for (const company of [two.a, two.b]) {
        await checkAlone(company, where)
        for (const [place, bytes] of placesOf(company)) {
          expect(seen.get(place) ?? bytes, `${where}: ${place} says two things`).toBe(bytes)
          seen.set(place, bytes)
        }
      }
      const wire = two.wire()
      await two.level(wire)
      const [left, right] = [placesOf(two.a), placesOf(two.b)]
      expect(left, where).toEqual(right)
      for (const place of seen.keys()) expect(left.has(place), `${where}: ${place} was lost`).toBe(true)
      await checkContent(two, artifact, acknowledged, where)
      two.lock()
    }
    const kinds = new Set([...acknowledged].map((number) => turnOf(number).kind))
    expect([...kinds].toSorted()).toEqual(['agree', 'commit', 'disclose', 'import', 'shortfall', 'sync'])
    expect(acknowledged.size, 'the children got somewhere').toBeGreaterThan(40)
  }, 1_800_000)

  async function checkContent(
    two: TwoCompanies,
    artifact: string,
    acknowledged: ReadonlySet<number>,
    where: string,
  ): Promise<void> {
    const marks = await marksOf(two, artifact)
    const [left, right] = [
      await two.a.client.artifacts.open({ artifact }),
      await two.b.client.artifacts.open({ artifact }),
    ]
    expect(left.sliceId, where).toBe(right.sliceId)
    expect(left.forecast, where).toEqual(right.forecast)
    expect(left.consensus, where).toEqual(right.consensus)
    const turns = [...acknowledged].map(turnOf)
    for (const turn of turns)
      if (turn.kind === 'import') expect(marks.has(mark(turn)), `${where}: ${mark(turn)}`).toBe(true)
    const revisions = turns.filter(({ kind }) => kind === 'disclose').length
    expect(left.revisions.length, where).toBeGreaterThanOrEqual(1 + revisions)
    expect(
      left.revisions.map(({ revision }) => revision),
      where,
    ).toEqual(left.revisions.map((_, at) => at + 1))
    // A later write to the same cell takes an earlier one's place: the newest acknowledged mark of each cell must not be older than what is shown.
    const audit = [...(await auditOf(two.a, ['commitment'])), ...(await auditOf(two.b, ['commitment']))]
    const edits = turns.filter(({ kind }) => kind === 'commit' || kind === 'shortfall' || kind === 'agree').length
    expect(audit.length, where).toBeGreaterThanOrEqual(edits)
    const last = turns.filter(({ kind }) => kind === 'commit' || kind === 'shortfall').at(-1)
    if (last) expect(newest(marks, ['commit', 'shortfall']), where).toBeGreaterThanOrEqual(last.number)
  }
})

/** The highest turn of these kinds whose mark is there. */
const newest = (marks: ReadonlySet<string>, kinds: readonly string[]): number =>
  Math.max(-1, ...[...marks].flatMap((text) => (kinds.includes(text.split(' ')[0] ?? '') ? [Number(text.split(' ')[1])] : []))) // prettier-ignore
