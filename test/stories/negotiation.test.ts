import { afterEach, describe, expect, it } from 'vitest'
import { redline } from '#shared/agreement/redline.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import type { Company } from '#test/support/company.ts'
import { until } from '#test/support/company.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

const TITLE = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }

let two: TwoCompanies
const windows: LiveDocument[] = []
afterEach(() => {
  for (const live of windows.splice(0)) live.close()
  two.end()
})
const open = async (company: Company, artifact: string): Promise<LiveDocument> => {
  const live = await openWindow(company, artifact)
  windows.push(live)
  return live
}

/** A draft that both companies have open. */
async function drafted(): Promise<{ artifact: string; wire: Wire; a: LiveDocument; b: LiveDocument }> {
  two = await twoCompanies({ rolesA: ['ceo', 'legal'], rolesB: ['ceo', 'legal'], channelRoles: ['ceo', 'legal'] })
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({
    channel: two.channel,
    type: 'PeerAgreement.v1',
    title: TITLE,
  })
  await until('B has the agreement', async () => (await two.b.client.documents.list({})).length === 1)
  const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
  await two.level(wire)
  return { artifact, wire, a, b }
}
const clauseNamed = (live: LiveDocument, heading: string) => {
  const found = rows(live, 'clauses').find(({ values }) => values['headingEn'] === heading)
  if (!found) throw new Error(`no clause is called ${heading}`)
  return found
}

describe('versions beside each other', () => {
  it('[RDL-1, RDL-4, RDL-5] a named draft, what was written since, and the draft compare the same on both sides', async () => {
    const { artifact, wire, a, b } = await drafted()
    await two.a.client.documents.nameVersion({ artifact, name: 'Our first offer' })
    const secrecy = clauseNamed(b, 'Confidentiality')
    b.set('clauses', secrecy.id, 'textAr', `${String(secrecy.values['textAr'])} ولا تُفشى.`)
    b.set('terms', 'it', 'noticeDays', 90)
    await kept(b)
    await two.level(wire)
    a.remove('clauses', clauseNamed(a, 'Confidentiality').id)
    a.add('clauses', { headingEn: 'Secrecy', headingAr: 'الكتمان', textEn: 'Nothing is told.', textAr: 'لا يُفشى شيء.', order: 'a0V' }) // prettier-ignore
    await kept(a)
    await two.level(wire)
    const found = await Promise.all(
      [two.a, two.b].map(async ({ client }) => {
        const versions = await client.negotiation.versions({ artifact })
        expect(versions.map(({ kind, name }) => [kind, name])).toEqual([['draft', null], ['named', 'Our first offer']]) // prettier-ignore
        const [after, before] = await Promise.all(versions.map(({ key }) => client.negotiation.text({ artifact, key })))
        if (!before || !after) throw new Error('a version without a text')
        return redline(before, after)
      }),
    )
    expect(found[0]).toEqual(found[1])
    const { entries, clauses, changes } = found[0] as (typeof found)[number]
    expect(entries.map(({ kind, id, state }) => [kind, id, state])).toEqual([['term', 'noticeDays', 'changed']])
    const states = clauses.filter(({ state }) => state !== 'same')
    expect(states.map(({ state, heading }) => [state, heading.en.map(({ text }) => text).join('')])).toEqual(
      expect.arrayContaining([
        ['inserted', 'Secrecy'],
        ['deleted', 'Confidentiality'],
      ]),
    )
    expect(changes).toBe(entries.length + states.length)
    await expect(two.a.client.negotiation.text({ artifact, key: `closed/${'0'.repeat(64)}` })).rejects.toMatchObject({
      data: { module: 'agreements', code: 'no-such-version' },
    })
  })
})
