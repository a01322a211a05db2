import { describe, expect, it } from 'vitest'
import { channelBed, hubOf } from '#test/support/channel-bed.ts'
import { download, openFile, refusalOf, type Company } from '#test/support/company.ts'

const bed = channelBed()

describe('a company goes', () => {
  it(
    'a company leaves and cannot read what comes causally after; the other goes on',
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const early = bed.declare(a, 1)
      await bed.two.mail(a, b)
      const left = await b.client.workspaces.leave({ workspace: bed.two.workspace })
      expect(left.stage).toBe('left')
      await bed.two.mail(b, a)
      const leaving = bed.lastFact(b)
      const late = bed.declare(a, 2)
      await bed.two.mail(a, b)
      expect(bed.sees(b, early)).toBe(true)
      expect(bed.sees(b, late)).toBe(false)
      const seen = bed.opened(b, a, leaving)
      expect(seen.held).toBeGreaterThan(0)
      expect(seen.after).toBe(0)
      const members = (await a.client.workspaces.get({ workspace: bed.two.workspace })).members
      expect(members.find(({ own }) => !own)?.left).toBe(true)
      expect(await refusalOf(b.client.workspaces.leave({ workspace: bed.two.workspace }))).toBe('workspaces:not-active')
    },
  )

  it('a removed company is shut out of what comes after', { timeout: 120_000 }, async () => {
    const { a, b } = bed.two
    const partner = hubOf(b).identity.card.company
    expect(await refusalOf(a.client.workspaces.removeCompany({ workspace: bed.two.workspace, company: hubOf(a).identity.card.company }))).toBe('workspaces:own-company') // prettier-ignore
    await a.client.workspaces.removeCompany({ workspace: bed.two.workspace, company: partner })
    const late = bed.declare(a, 2)
    await bed.two.mail(a, b)
    expect(bed.sees(b, late)).toBe(false)
    expect((await b.client.workspaces.get({ workspace: bed.two.workspace })).stage).toBe('left')
  })

  it(
    '[WS-4] among three a removal waits for the consent of all others, and takes effect with the last',
    { timeout: 120_000 },
    async () => {
      const { a, b, workspace } = bed.two
      const c = await bed.machine('passphrase of company c')
      await c.client.vault.create({
      company: { en: 'Tihama Logistics', ar: 'تهامة للنقل' }, person: { en: 'Talal', ar: 'طلال' }, roles: ['coo'], passphrase: c.passphrase,
    }) // prettier-ignore
      const looked = await openFile(c, await download(a, await a.client.workspaces.invite({ workspace, days: 7 })))
      if (looked.kind !== 'invitation') throw new Error(looked.kind)
      const { answer } = await c.client.workspaces.accept({ token: looked.token })
      await openFile(a, await download(c, answer))
      const code = (await a.client.workspaces.get({ workspace })).safetyCode?.join(' ') ?? ''
      await a.client.workspaces.confirmSafety({ workspace, code, matches: true })
      await c.client.workspaces.confirmSafety({ workspace, code, matches: true })
      await bed.carry(a, c)
      await bed.everybodyMeets([a, b, c])
      const third = hubOf(c).identity.card.company
      const asked = async (company: Company) =>
        (await company.client.today.get()).needs.some(({ code: need }) => need === 'consent-removal')
      const pending = async (company: Company) =>
        (await company.client.workspaces.get({ workspace })).members.find(({ company: one }) => one === third)?.removal

      await a.client.workspaces.removeCompany({ workspace, company: third })
      expect(await pending(a)).toMatchObject({ own: true })
      await bed.everybodyMeets([a, b, c])
      const still = bed.declare(a, 1)
      await bed.carry(a, c)
      expect(bed.sees(c, still)).toBe(true)
      expect([await asked(a), await asked(b)]).toEqual([false, true])
      expect((await pending(b))?.missing).toHaveLength(1)

      await b.client.workspaces.removeCompany({ workspace, company: third })
      await bed.everybodyMeets([a, b])
      const late = bed.declare(a, 2)
      await bed.everybodyMeets([a, b])
      await bed.carry(a, c)
      expect([bed.sees(b, late), bed.sees(c, late)]).toEqual([true, false])
      expect((await c.client.workspaces.get({ workspace })).stage).toBe('left')
      expect(await asked(b)).toBe(false)
    },
  )
})
