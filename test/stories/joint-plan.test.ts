import { describe, expect, it } from 'vitest'
import { WorkerTables } from '#adapters/files/tables.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { auditOf, download, until, type Company } from '#test/support/company.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'

const TITLE = { en: 'Cold-chain pilot', ar: 'تجربة سلسلة التبريد' }

let two: TwoCompanies
const { open } = storyWindows(() => two.end())

/** Both have a plan with two milestones, and no link any more. */
async function plan() {
  two = await twoCompanies()
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({
    channel: two.channel,
    type: 'JointInitiativePlan.v1',
    title: TITLE,
  })
  const a = await open(two.a, artifact)
  const pilot = a.add('milestones', { titleEn: 'Pilot', titleAr: 'تجربة', due: '2027-05-03', order: 'a0' })
  const scale = a.add('milestones', { titleEn: 'Scale', due: '2027-08-01', depends: [pilot], gate: 'yes', order: 'a1' })
  await kept(a)
  await until('B has the plan', async () => (await two.b.client.documents.list({})).length === 1)
  const b = await open(two.b, artifact)
  await until('B sees both', () => rows(b, 'milestones').length === 2)
  await two.level(wire)
  await two.a.client.today.visited({})
  await two.b.client.today.visited({})
  wire.cut()
  two.clock.passMinutes(1)
  return { artifact, a, b, pilot, scale }
}

const changesOf = async (company: Company) =>
  (await company.client.today.get()).changes.filter(({ code }) => code === 'document-changed')

describe('executives work apart on a joint plan', () => {
  it('[AR-3, INI-13] what came in says which milestone moved from when to when, and by whom', async () => {
    const { artifact, b, pilot, scale } = await plan()
    b.set('milestones', pilot, 'due', '2027-05-17')
    b.set('milestones', scale, 'due', '2027-09-01')
    b.add('risks', { text: 'Customs delay', likelihood: 3, impact: 4 })
    await kept(b)
    await two.level(two.wire())
    const [change, ...more] = await changesOf(two.a)
    expect(more).toEqual([])
    expect(change).toMatchObject({
      by: { en: 'Badr Al-Qahtani' },
      subject: TITLE,
      target: { area: 'document', id: artifact },
    })
    expect(change?.dates).toEqual({
      moves: [
        {
          code: 'moved',
          milestone: pilot,
          title: { en: 'Pilot', ar: 'تجربة' },
          from: '2027-05-03',
          to: '2027-05-17',
          days: 14,
        },
        {
          code: 'moved',
          milestone: scale,
          title: { en: 'Scale', ar: '' },
          from: '2027-08-01',
          to: '2027-09-01',
          days: 31,
        },
      ],
      end: { from: '2027-08-01', to: '2027-09-01' },
    })
  })

  it('[AR-3, INI-13] the same date changed on both sides is contested, and a removal is told', async () => {
    const { a, b, pilot, scale } = await plan()
    a.set('milestones', pilot, 'due', '2027-05-10')
    b.set('milestones', pilot, 'due', '2027-06-01')
    b.remove('milestones', scale)
    await Promise.all([kept(a), kept(b)])
    await two.level(two.wire())
    const [change] = await changesOf(two.a)
    expect(change?.dates?.moves).toMatchObject([
      { code: 'contested', milestone: pilot, dates: ['2027-05-10', '2027-06-01'] },
      { code: 'removed', milestone: scale, from: '2027-08-01' },
    ])
    const waits = async () =>
      (await two.a.client.today.get()).needs.find(({ code }) => code === 'settle-conflict')?.count
    expect(await waits()).toBe(1)
    await until('A sees both dates', () => rows(a, 'milestones')[0]?.conflicts.get('due')?.length === 2)
    // Choosing is a change like any other: B is told where the date went.
    a.set('milestones', pilot, 'due', '2027-06-01')
    await kept(a)
    await until('B has no conflict', () => rows(b, 'milestones').every(({ conflicts }) => conflicts.size === 0))
    expect(rows(b, 'milestones')[0]?.values['due']).toBe('2027-06-01')
  })

  it('[AR-3] each company’s effect is its own: what the other moved before is not told again', async () => {
    const { a, b, pilot, scale } = await plan()
    a.set('milestones', scale, 'due', '2027-08-15')
    b.set('milestones', pilot, 'doneOn', '2027-05-02')
    await Promise.all([kept(a), kept(b)])
    await two.level(two.wire())
    const [atA] = await changesOf(two.a)
    const [atB] = await changesOf(two.b)
    expect(atA?.dates).toMatchObject({ moves: [{ code: 'done', milestone: pilot, to: '2027-05-02' }], end: null })
    expect(atB?.dates).toMatchObject({ moves: [{ code: 'moved', milestone: scale, to: '2027-08-15' }] })
  })

  it('[AR-3, INI-13] what one removed and the other changed is there again, and Today says so', async () => {
    const { a, b, scale } = await plan()
    a.remove('milestones', scale)
    b.set('milestones', scale, 'person', 'Omar')
    await Promise.all([kept(a), kept(b)])
    await two.level(two.wire())
    const [atA] = await changesOf(two.a)
    expect(atA?.dates?.moves).toMatchObject([{ code: 'returned', milestone: scale }])
    expect(rows(a, 'milestones').find(({ id }) => id === scale)?.removal?.state).toBe('disputed')
  })

  it('[AR-3] leaves as a calendar and as a workbook, in either language, and the audit says so', async () => {
    const { artifact, a, pilot, scale } = await plan()
    a.set('plan', 'it', 'currency', 'SAR')
    a.add('budget', {
      item: 'Units',
      party: two.a.engine.desk.session.hub.identity.card.company,
      amount: 125_050,
      share: 100,
      order: 'a0',
    })
    a.remove('milestones', scale)
    await kept(a)
    const { client } = two.a
    const calendar = fromUtf8(await download(two.a, await client.plans.calendar({ artifact, locale: 'ar' })))
    expect(calendar).toContain(`UID:${artifact}-${pilot}@mithaq.invalid`)
    expect(calendar).toContain('DTSTART;VALUE=DATE:20270503')
    expect(calendar).toContain('STATUS:CANCELLED')
    const offered = await client.plans.workbook({ artifact, locale: 'ar' })
    expect(offered.name).toMatch(/\.xlsx$/)
    const file = { name: offered.name, bytes: await download(two.a, offered) }
    const probe = await new WorkerTables().probe(file, { sheet: 'تقسيم الميزانية' })
    expect(probe.ok && probe.value.sheets).toEqual(['عن الخطة', 'المراحل', 'تقسيم الميزانية'])
    expect(probe.ok && probe.value.sample[0]?.slice(1, 3)).toEqual(['Units', '1250.5'])
    const audit = await auditOf(two.a, ['export'])
    expect(audit.map(({ code }) => code)).toEqual(expect.arrayContaining(['plan-exported', 'plan-calendar-exported']))
  })
})
