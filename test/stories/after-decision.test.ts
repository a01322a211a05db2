import { describe, expect, it } from 'vitest'
import { agreed, drafted, FOR_DAMMAM, FOR_RIYADH, roundOf, speak } from '#test/support/deciding.ts'
import { refusalOf } from '#test/support/company.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import type { ThreeCompanies } from '#test/support/three-companies.ts'
import { kept, openWindow } from '#test/support/window.ts'

let three: ThreeCompanies
const { keep } = storyWindows(() => three.end())

describe('three companies after their decision', () => {
  it('[DP-1, AR-5, AR-21, DEC-34] plan it, measure it, hear the minority, judge the outcome when its day comes, and put the question again', async () => {
    const made = await drafted({ sealed: 'no' })
    three = made.three
    const { artifact, live } = made
    keep(live)
    const [a, b, c] = three.all
    live.set('topic', 'it', 'reopenEn', 'Rents in Riyadh rise by a fifth.')
    live.set('topic', 'it', 'reviewOn', '2026-12-31')
    await kept(live)
    expect(await refusalOf(a.client.decisions.open({ artifact, reason: '' }))).toBe('decisions:reopen-one-language')
    live.set('topic', 'it', 'reopenAr', 'ترتفع الأجور في الرياض بمقدار الخُمس.')
    await kept(live)
    await a.client.decisions.open({ artifact, reason: '' })
    await three.level()
    for (const [company, speech] of [[a, FOR_RIYADH], [b, FOR_RIYADH], [c, FOR_DAMMAM]] as const)
      await speak(company, artifact, speech) // prettier-ignore
    const { hash: round } = await agreed(three, artifact)
    await a.client.decisions.close({ artifact, round })
    const list = (await agreed(three, artifact)).closing?.hash ?? ''
    expect(await refusalOf(a.client.decisions.plan({ artifact, round }))).toBe('decisions:not-final')
    for (const { client } of three.all) await client.decisions.sign({ artifact, round, list })
    const final = await agreed(three, artifact)
    expect(final.after).toMatchObject({ plans: [], minority: [], reviews: [], mayAct: true, mayReport: false, due: null }) // prettier-ignore

    // The plan is a joint document, and its measures are what the outcome is held against.
    await b.client.decisions.plan({ artifact, round })
    await three.level()
    const [plan] = (await roundOf(a, artifact)).after?.plans ?? []
    expect(plan).toMatchObject({ milestones: { all: 3, done: 0, late: 0 } })
    const work = keep(await openWindow(a, plan?.id ?? ''))
    work.set('kpis', 'k1', 'metric', 'Hours to the store')
    work.set('kpis', 'k1', 'direction', 'down')
    work.set('kpis', 'k1', 'baseline', 30)
    work.set('kpis', 'k1', 'target', 22.5)
    work.set('readings', 'r1', 'kpi', 'k1')
    work.set('readings', 'r1', 'on', '2026-11-21')
    work.set('readings', 'r1', 'value', 24)
    work.set('milestones', 'm1', 'due', '2027-02-01')
    work.set('raci', 'x1', 'activity', 'm1')
    work.set('raci', 'x1', 'company', a.engine.desk.session.hub.identity.card.company)
    work.set('raci', 'x1', 'part', 'r')
    await kept(work)
    await three.level()
    const figure = { metric: 'Hours to the store', baseline: '30', target: '22.5', value: '24', met: false }
    expect((await roundOf(c, artifact)).after?.figures).toMatchObject([figure])

    // [CON-11, CON-13] It is looked at before the plan is done, and nobody is accountable for what somebody filled.
    for (const company of three.all)
      expect(await contradicted(company)).toEqual([
        ['CON-11', expect.stringMatching(/^31 December 2026/), expect.stringMatching(/^1 February 2027/)],
        ['CON-13', 'Signed by all', expect.stringMatching(/: Responsible$/)],
      ])

    // Who said yes has no minority to report for; who did not is heard by all.
    expect(await refusalOf(a.client.decisions.reportMinority({ artifact, round, report: 'We doubted it' }))).toBe('decisions:agreed') // prettier-ignore
    await c.client.decisions.reportMinority({ artifact, round, report: 'Our routes get longer.' })
    await three.level()
    expect((await roundOf(a, artifact)).after?.minority).toMatchObject([{ report: 'Our routes get longer.', by: { own: false } }]) // prettier-ignore

    // Nobody is asked before the day is near; then Today asks, and one answer ends it.
    expect((await a.client.today.get()).needs.map(({ code }) => code)).not.toContain('decision-review')
    for (const who of [0, 1, 2] as const) three.cutOff(who)
    const asleep = async (days: number) => {
      three.clock.pass(days)
      for (const { client, passphrase } of three.all)
        if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
    }
    await asleep(daysUntil(three.clock.now(), '2026-12-23'))
    expect((await a.client.today.get()).needs.map(({ code }) => code)).not.toContain('decision-review')
    await asleep(1)
    three.link()
    await three.level()
    const asked = (await a.client.today.get()).needs.find(({ code }) => code === 'decision-review')
    expect(asked).toMatchObject({ dueOn: '2026-12-31', target: { area: 'document', id: artifact } })
    await a.client.decisions.review({ artifact, round, verdict: 'partly', note: 'Faster, not as fast as hoped.' })
    await three.level()
    expect((await a.client.today.get()).needs.map(({ code }) => code)).not.toContain('decision-review')
    expect((await b.client.today.get()).needs.map(({ code }) => code)).toContain('decision-review')
    expect((await roundOf(b, artifact)).after?.reviews).toMatchObject([{ verdict: 'partly', stands: true, figures: [figure] }]) // prettier-ignore

    // The question is put again in a decision of its own; what was decided stands.
    await c.client.decisions.reopen({ artifact, round, reason: 'Rents have risen by a quarter.' })
    await three.level()
    const after = (await agreed(three, artifact)).after
    const [again] = after?.reopened ?? []
    expect(again).toMatchObject({ reason: 'Rents have risen by a quarter.' })
    const successor = again?.successor ?? ''
    const next = await a.client.decisions.get({ artifact: successor })
    expect(next.reopens).toMatchObject({ artifact, reason: 'Rents have risen by a quarter.' })
    const copy = keep(await openWindow(b, successor))
    copy.set('topic', 'it', 'deadline', '2027-01-31')
    await kept(copy)
    await b.client.decisions.open({ artifact: successor, reason: '' })
    const second = await roundOf(b, successor)
    expect(second.content.options.map(({ title }) => title.en)).toEqual(['Riyadh', 'Dammam'])
    expect(second.content.policy).toEqual(final.content.policy)
    expect(second.content.after?.reopen).toEqual(final.content.after?.reopen)
    expect((await roundOf(a, artifact)).standing).toBe('final')
  })
})

const daysUntil = (now: number, day: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(new Date(now).toISOString().slice(0, 10))) / 86_400_000)
