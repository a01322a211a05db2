import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { plainText } from '#shared/living/rich.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import type { Company } from '#test/support/company.ts'
import { until } from '#test/support/company.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'

const PLAN = 'JointInitiativePlan.v1'
const TITLE = { en: 'Pilot line 2027', ar: 'خط تجريبي 2027' }

let two: TwoCompanies
const { open, closeAll } = storyWindows(() => two.end())

async function plan(): Promise<{ readonly artifact: string }> {
  two = await twoCompanies()
  const wire = two.wire()
  await two.level(wire)
  const made = await two.a.client.documents.create({ channel: two.channel, type: PLAN, title: TITLE })
  await until('B has the plan', async () => (await two.b.client.documents.list({})).length === 1)
  wire.cut()
  return made
}
const sectionBytes = ({ engine }: Company, artifact: string): Uint8Array => {
  const runtime = engine.desk.session.hub.runtime(two.channel as never)
  if (!runtime) throw new Error('no channel')
  return runtime.stateOf(artifact as ArtifactId, 'joint' as SectionName)
}

describe('work apart', () => {
  it('[LIV-2, LIV-4] two edit apart, both restart, reconnect: nothing is lost, conflicts show with their authors', async () => {
    const { artifact } = await plan()
    const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
    const wire = two.wire()
    const field = a.add('milestones', { titleEn: 'Line ready', due: '2027-05-03', order: 'a0' })
    const gone = a.add('milestones', { titleEn: 'Old step', due: '2027-04-01', order: 'a1' })
    await kept(a)
    await until('B sees both', () => rows(b, 'milestones').length === 2)
    wire.cut()

    a.set('milestones', field, 'due', '2027-05-17')
    b.set('milestones', field, 'due', '2027-06-01')
    a.remove('milestones', gone)
    b.set('milestones', gone, 'titleEn', 'Old step, still needed')
    b.add('risks', { text: 'Customs delay', order: 'a0' })
    await Promise.all([kept(a), kept(b)])
    closeAll()
    for (const { client, passphrase, engine } of [two.a, two.b]) {
      engine.desk.lock()
      await client.vault.unlock({ passphrase })
    }

    const again = two.wire()
    await two.level(again)
    const [left, right] = [await open(two.a, artifact), await open(two.b, artifact)]
    for (const live of [left, right]) {
      const milestones = rows(live, 'milestones')
      const due = milestones.find(({ id }) => id === field)?.conflicts.get('due')
      expect(due?.map(({ value }) => value).toSorted()).toEqual(['2027-05-17', '2027-06-01'])
      expect(milestones.find(({ id }) => id === gone)?.removal).toMatchObject({ state: 'disputed' })
      expect(rows(live, 'risks')).toMatchObject([{ values: { text: 'Customs delay' } }])
    }
    const items =
      rows(left, 'milestones')
        .find(({ id }) => id === field)
        ?.conflicts.get('due') ?? []
    const written = await two.a.client.documents.written({
      artifact,
      items: items.map(({ client, clock }) => ({ client, clock })),
    })
    const byValue = new Map(items.map(({ value, client }) => [value, written.find((one) => one.client === client)]))
    expect(byValue.get('2027-05-17')?.by).toMatchObject({
      own: true,
      company: { name: { en: 'Najd Trading Company' } },
    })
    expect(byValue.get('2027-06-01')?.by).toMatchObject({ own: false, person: { name: { en: 'Badr Al-Qahtani' } } })
    expect(await two.b.client.documents.list({})).toMatchObject([{ conflicts: 2, mayWrite: true }])

    right.set('milestones', field, 'due', '2027-06-01')
    right.keep('milestones', gone)
    await kept(right)
    await until('A sees the choice', () => rows(left, 'milestones').every(({ conflicts, removal }) => conflicts.size === 0 && !removal)) // prettier-ignore
    expect(rows(left, 'milestones').map(({ values }) => values)).toMatchObject([
      { due: '2027-06-01' },
      { titleEn: 'Old step, still needed' },
    ])
    await two.level(again)
    expect(sectionBytes(two.a, artifact)).toEqual(sectionBytes(two.b, artifact))
  })

  it('[LIV-1, LIV-2] what came into a field while somebody was typing in it is not overwritten unseen', async () => {
    const { artifact } = await plan()
    const wire = two.wire()
    const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
    const risk = a.add('risks', { text: 'Customs delay', order: 'a0' })
    await kept(a)
    await until('B sees it', () => rows(b, 'risks').length === 1)
    b.present(`risks/${risk}/text`)
    a.set('risks', risk, 'text', 'Customs delay in March')
    await kept(a)
    await until('it came in', () => rows(b, 'risks')[0]?.values['text'] === 'Customs delay in March')
    b.present(null)
    b.set('risks', risk, 'text', 'Customs delay in April')
    await kept(b)
    await two.level(wire)
    expect(
      rows(a, 'risks')[0]
        ?.conflicts.get('text')
        ?.map(({ value }) => value)
        .toSorted(),
    ).toEqual(['Customs delay in April', 'Customs delay in March'])
  })

  it('[LIV-1] two windows of one device edit the same text, each under a client of its own', async () => {
    const { artifact } = await plan()
    const [one, other] = [await open(two.a, artifact), await open(two.a, artifact)]
    expect(one.client).not.toBe(other.client)
    const type = (live: LiveDocument, letters: string): void => {
      const fragment = live.fragment('plan', 'it', 'body')
      live.doc.transact(() => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(letters)])
        fragment.insert(fragment.length, [paragraph])
      })
    }
    type(one, 'First window')
    type(other, 'Second window')
    await Promise.all([kept(one), kept(other)])
    const text = (live: LiveDocument): string => live.fragment('plan', 'it', 'body').toString()
    await until('both windows show both', () => text(one) === text(other) && text(one).includes('Second'))
    expect(text(one)).toContain('First window')
    const runtime = two.a.engine.desk.session.hub.runtime(two.channel as never)
    const nodes = runtime?.read(artifact as ArtifactId, 'joint' as SectionName).rich('text/plan/it/body') ?? []
    expect(plainText(nodes).split('\n').toSorted()).toEqual(['First window', 'Second window'])
  })
})

describe('the same paragraph', () => {
  it('[LIV-11] merges letter by letter, says whose letters they are, and stays marked until somebody read it', async () => {
    const { artifact } = await plan()
    const wire = two.wire()
    const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
    const write = (live: LiveDocument, change: (text: Y.XmlText) => void): void => {
      const fragment = live.fragment('plan', 'it', 'body')
      live.doc.transact(() => {
        if (fragment.length === 0) {
          const paragraph = new Y.XmlElement('paragraph')
          fragment.insert(0, [paragraph])
          paragraph.insert(0, [new Y.XmlText()])
        }
        change((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText)
      })
    }
    const merged = ({ client }: Company) => client.documents.merged({ artifact })
    write(a, (text) => text.insert(0, 'Ship in May.'))
    await kept(a)
    await until('B reads it', () => b.fragment('plan', 'it', 'body').toString().includes('Ship in May'))
    expect(await merged(two.a)).toEqual([])
    wire.cut()
    write(a, (text) => text.insert(0, 'We '))
    write(b, (text) => text.insert(11, ' 2027'))
    await Promise.all([kept(a), kept(b)])
    const again = two.wire()
    await two.level(again)
    const text = (live: LiveDocument): string => live.fragment('plan', 'it', 'body').toString()
    await until('both show both', () => text(a) === text(b) && text(a).includes('We ') && text(a).includes('2027'))
    for (const company of [two.a, two.b]) {
      const [found] = await merged(company)
      expect(found).toMatchObject({ set: 'plan', record: 'it', field: 'body' })
      expect(found?.by.map(({ by }) => by.person.name.en).toSorted()).toEqual(['Amal Al-Harbi', 'Badr Al-Qahtani'])
    }
    b.set('plan', 'it', 'bodyRead', [1])
    await kept(b)
    await two.level(again)
    expect(await merged(two.a)).toEqual([])
    expect(await merged(two.b)).toEqual([])
  })
})

describe('presence', () => {
  it('[LIV-10] shows who is where on the other side, sealed on the way, and only in that document', async () => {
    const { artifact } = await plan()
    const wire = two.wire()
    const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
    a.present('milestones/ab12/due')
    const seen = await until('B sees where A is', () => b.others.find(({ where }) => where === 'milestones/ab12/due'))
    expect(seen.who).toMatchObject({ person: { name: { en: 'Amal Al-Harbi' } } })
    await until('A hears of B, too', () => a.others.some(({ who }) => who?.person.name.en === 'Badr Al-Qahtani'))
    expect(wire.sent.some(({ message }) => Buffer.from(message).includes('milestones/ab12/due'))).toBe(false)
    const own = await open(two.a, artifact)
    own.present('risks')
    await until('another window of A', () => a.others.some(({ who, where }) => who === null && where === 'risks'))
    const { artifact: second } = await two.a.client.documents.create({ channel: two.channel, type: PLAN, title: TITLE })
    const elsewhere = await open(two.a, second)
    expect(elsewhere.others).toEqual([])
    a.close()
    await until('B sees that A left', () => b.others.every(({ where }) => where !== 'milestones/ab12/due'))
  })
})

describe('what is not taken', () => {
  it('[SYN-21] an update under another’s client is refused with its code, the text becomes a draft, and work goes on as a fresh replica', async () => {
    const { artifact } = await plan()
    const live = await open(two.a, artifact)
    live.add('risks', { text: 'Kept risk', order: 'a0' })
    await kept(live)
    const [before, doc] = [live.client, live.doc]
    doc.clientID = 4711
    live.doc.getMap('registers').set('risks/r9/text/3n7', 'Lost words')
    await until('the replica ended', () => live.refusal !== undefined)
    expect(live.refusal).toEqual({ module: 'sync', code: 'update-foreign-client' })
    await until('a fresh one is there', () => live.status === 'live' && live.doc !== doc)
    expect(rows(live, 'risks').map(({ values }) => values['text'])).toEqual(['Kept risk'])
    expect(live.client).toBe(before)
    live.add('risks', { text: 'Later risk', order: 'a1' })
    await kept(live)
    expect(rows(live, 'risks')).toHaveLength(2)
  })

  it('[LIV-6] a window whose channel was read anew begins again from what counts now', async () => {
    const { artifact } = await plan()
    const wire = two.wire()
    const [live, partner] = [await open(two.a, artifact), await open(two.b, artifact)]
    live.add('risks', { text: 'Kept risk', order: 'a0' })
    await kept(live)
    await two.level(wire)
    const { doc } = live
    two.a.engine.desk.session.hub.runtime(two.channel as never)?.rebuild()
    partner.add('risks', { text: 'From the partner', order: 'a1' })
    await until('a fresh copy is there', () => live.status === 'live' && live.doc !== doc)
    expect(live.refusal).toEqual({ module: 'documents', code: 'reopened' })
    await until('it has both', () => rows(live, 'risks').length === 2)
    live.add('risks', { text: 'Later risk', order: 'a2' })
    await kept(live)
    await two.level(wire)
    await until('the partner has all', () => rows(partner, 'risks').length === 3)
  })

  it('[LIV-6] what was on its way when the engine went is offered as a draft', async () => {
    const { artifact } = await plan()
    const live = await open(two.a, artifact)
    live.add('risks', { text: 'Written into a closing vault', order: 'a0' })
    two.a.engine.desk.session.live.closeAll()
    const found = await until('draft or kept', async () => {
      const drafts = live.drafts.map(({ text }) => text)
      const shown = live.status === 'live' && rows(live, 'risks').length > 0
      return drafts.length > 0 || shown ? { drafts, shown } : undefined
    })
    expect(found.shown || found.drafts.includes('Written into a closing vault')).toBe(true)
  })
})

describe('history', () => {
  it('[LIV-9] tells who changed what, names a version, and brings it back as a new change', async () => {
    const { artifact } = await plan()
    const wire = two.wire()
    const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
    const risk = a.add('risks', { text: 'Customs delay', order: 'a0' })
    await kept(a)
    await two.a.client.documents.nameVersion({ artifact, name: 'First draft' })
    await until('B sees it', () => rows(b, 'risks').length === 1)
    b.set('risks', risk, 'text', 'Customs delay of two weeks')
    await kept(b)
    await two.level(wire)
    const history = await two.a.client.documents.history({ artifact })
    expect(history.map(({ by, names }) => [by.person.name.en, names.map(({ name }) => name)])).toEqual([
      ['Badr Al-Qahtani', []],
      ['Amal Al-Harbi', ['First draft']],
    ])
    const [latest, first] = history
    expect(await two.b.client.documents.changes({ artifact, version: latest?.id ?? '' })).toEqual([
      { set: 'risks', record: risk, field: 'text', before: 'Customs delay', after: 'Customs delay of two weeks' },
    ])
    const named = first?.names[0]?.id ?? ''
    const state = await two.b.client.documents.versionAt({ artifact, version: named })
    expect(state.records).toMatchObject([{ set: 'risks', values: { text: 'Customs delay' } }])
    await two.b.client.documents.restore({ artifact, version: named })
    await until('A sees the old words', () => rows(a, 'risks')[0]?.values['text'] === 'Customs delay')
    expect(rows(b, 'risks')[0]?.conflicts.size).toBe(0)
    expect((await two.a.client.documents.history({ artifact })).length).toBeGreaterThanOrEqual(2)
    await expect(two.a.client.documents.restore({ artifact, version: `${'0'.repeat(96)}/1` })).rejects.toMatchObject({
      data: { module: 'documents', code: 'no-such-version' },
    })
  })
})
