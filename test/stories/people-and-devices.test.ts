import { describe, expect, it } from 'vitest'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { channelBed, NAME } from '#test/support/channel-bed.ts'
import { auditOf, download, importFile, openFile, refusalOf, upload, type Company } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { deviceOf } from '#test/support/two-companies.ts'

const bed = channelBed()

describe('people and devices come and go', () => {
  it('a device is certified only by whoever typed the code that its own screen shows, and both then read one code', async () => {
    const { b } = bed.two
    const machine = await bed.machine('passphrase of the other device')
    await machine.client.joining.start({ name: NAME, passphrase: machine.passphrase })
    const asking = await machine.client.app.state()
    expect(asking.stage).toBe('joining')
    const looked = await openFile(b, await download(machine, await machine.client.joining.request()))
    if (looked.kind !== 'device-request') throw new Error(`a request read as ${looked.kind}`)
    expect(looked.code).toEqual(asking.requestCode)
    const terms = {
      token: looked.token,
      person: null,
      name: looked.name,
      roles: ['coo' as const],
      validTo: '2027-06-30',
    }
    const wrong = '00000 00000 00000 00000 00000 00000'
    expect(await refusalOf(b.client.company.enrol({ ...terms, code: wrong }))).toBe('workspaces:nothing-to-confirm')
    const { code, answer } = await b.client.company.enrol({ ...terms, code: looked.code.join(' ') })
    const upped = await upload(machine, 'answer.mithaq', await download(b, answer))
    const offer = await machine.client.joining.look({ upload: upped })
    expect(offer.preview.code).toEqual(code)
    await machine.client.joining.confirm({ token: offer.token, matches: true })
    expect((await machine.client.app.state()).stage).toBe('open')
  })

  it(
    "a colleague's device joins by files with a compared code, reads what its role is given, and both write as feeds of their own",
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const dataset = await importFile(a, 'orders.csv', ledger(regularOrders()))
      const { artifact } = await bed.two.disclose(await bed.two.policy(dataset.id))
      await bed.two.mail(a, b)
      const colleague = await bed.enrol(b, ['coo', 'delivery-lead'])
      const screen = await colleague.client.artifacts.open({ artifact })
      const cell = screen.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
      if (!cell) throw new Error('no cell')
      const { sku, region, bucket, net } = cell
      await colleague.client.artifacts.commit({
        artifact,
        commitments: [{ sku, region, bucket, committed: net, status: 'committed', reason: null, resource: null }],
      })
      const mine = bed.declare(b, 7)
      await bed.everybodyMeets([a, b, colleague])
      const seen = (await a.client.artifacts.open({ artifact })).forecast.series.flatMap(({ cells }) => cells)
      expect(seen.filter(({ committed }) => committed !== null)).toHaveLength(1)
      expect(bed.sees(a, mine) && bed.sees(colleague, mine)).toBe(true)
      const feeds = bed.runtimeOf(a).admission.index.lines.map(({ id }) => id.slice(0, 64))
      expect(feeds).toContain(deviceOf(b))
      expect(feeds).toContain(deviceOf(colleague))
      for (const other of [b, colleague]) expect(bed.verdicts(other)).toBe(bed.verdicts(a))
      // A colleague's device certifies nobody: it holds no issuer's key.
      expect((await colleague.client.company.get()).issuer).toBe(false)
      expect(await refusalOf(colleague.client.company.revokeDevice({ device: deviceOf(b), reason: 'lost' }))).toBe('company:not-issuer') // prettier-ignore
      await colleague.client.vault.lock()
      await colleague.client.vault.unlock({ passphrase: colleague.passphrase })
      expect((await colleague.client.artifacts.open({ artifact })).artifact.revision).toBe(1)
    },
  )

  it(
    '[story 4] a revoked device with all keys it ever held and all runs opens nothing written causally after; what it wrote before stays, what it backdates does not count',
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const thief = await bed.enrol(b, ['coo'])
      const before = bed.declare(thief, 1)
      await bed.everybodyMeets([a, b, thief])
      const view = await b.client.company.revokeDevice({ device: deviceOf(thief), reason: 'lost' })
      const devices = view.people.flatMap((person) => person.devices)
      expect(devices.find(({ device }) => device === deviceOf(thief))?.state).toBe('revoked')
      const revocation = bed.lastRevocation(b)
      // It writes on as if it had heard of nothing.
      const backdated = bed.declare(thief, 2)
      await bed.carry(b, a)
      await bed.carry(thief, a)
      await bed.carry(thief, b)
      const after = [bed.declare(a, 3), bed.declare(b, 4)]
      await bed.everybodyMeets([a, b])
      await bed.carry(a, thief)
      await bed.carry(b, thief)
      for (const company of [a, b]) {
        expect(bed.sees(company, before)).toBe(true)
        expect(bed.sees(company, backdated)).toBe(false)
        expect(
          bed
            .runtimeOf(company)
            .admission.beyondCuts()
            .map(({ parked }) => parked),
        ).toEqual([1])
        for (const one of after) expect(bed.sees(company, one)).toBe(true)
      }
      expect(bed.verdicts(a)).toBe(bed.verdicts(b))
      for (const one of after) expect(bed.sees(thief, one)).toBe(false)
      const seen = bed.opened(thief, a, revocation)
      expect(seen.before).toBeGreaterThan(5)
      expect(seen.held).toBeGreaterThan(1)
      expect(seen.after).toBe(0)
      expect((await auditOf(a)).map(({ code }) => code)).toContain('revocation-received')
      const [members] = (await a.client.workspaces.get({ workspace: bed.two.workspace })).members.filter(
        ({ own: ours }) => !ours,
      )
      expect(members?.devices.find(({ device }) => device === deviceOf(thief))).toMatchObject({ state: 'revoked', parked: 1 }) // prettier-ignore
      // What A judged is what A judges when it reads its log again.
      const said = bed.verdicts(a)
      await a.client.vault.lock()
      await a.client.vault.unlock({ passphrase: a.passphrase })
      expect(bed.verdicts(a)).toBe(said)
    },
  )

  it(
    'what a partner had taken in before it heard of the revocation counts on both sides, flagged',
    { timeout: 120_000 },
    async () => {
      const { a, b } = bed.two
      const lost = await bed.enrol(b, ['coo'])
      await bed.everybodyMeets([a, b, lost])
      const late = bed.declare(lost, 5)
      await bed.carry(lost, a)
      expect(bed.sees(a, late)).toBe(true)
      await b.client.company.revokeDevice({ device: deviceOf(lost), reason: 'lost' })
      await bed.everybodyMeets([a, b])
      for (const company of [a, b]) {
        expect(bed.sees(company, late)).toBe(true)
        expect(bed.runtimeOf(company).admission.beyondCuts()).toMatchObject([{ flagged: 1, parked: 0 }])
      }
      expect(bed.verdicts(a)).toBe(bed.verdicts(b))
    },
  )

  it(
    '[TR-11] roles change, a delegation begins and ends, access runs out: each with a new key for those who may read',
    { timeout: 120_000 },
    async () => {
      const { a, b, clock } = bed.two
      const second = await bed.enrol(b, ['legal'])
      const legal = deviceOf(second)
      // Legal is not in this channel's audience: the device knows nothing of it.
      expect(await second.client.workspaces.list()).toEqual([])
      const people = (await b.client.company.get()).people
      const [from, to] = [people.find(({ self }) => self)!, people.find(({ self }) => !self)!]
      const day = (days: number): string => new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10)
      const terms = { from: from.id, to: to.id, validFrom: day(0), validTo: day(7) }
      expect(await refusalOf(b.client.company.delegate({ ...terms, roles: ['ceo'] }))).toBe('company:roles-not-held')
      await b.client.company.delegate({ ...terms, roles: ['coo'] })
      await bed.two.mail(b, a)
      // The company's word brings the workspace that the lent role reads, and only to that device.
      const word = await download(b, await b.client.company.updateFile({ device: legal }))
      expect((await openFile(second, word)).kind).toBe('company-update')
      expect((await second.client.workspaces.list()).map(({ id }) => id)).toEqual([bed.two.workspace])
      expect(bed.sees(a, bed.declare(second, 5))).toBe(false)
      await bed.carry(second, b)
      await bed.two.mail(b, a)
      expect(bed.runtimeOf(a).facts.artifacts(CapacityPlan.type)).toHaveLength(1)
      await expect(openFile(a, word)).rejects.toThrow()
      const readersOf = (company: Company) => {
        const { members } = bed.runtimeOf(company)
        return [...members.epochs.values()].at(-1)?.recipients ?? []
      }
      expect(readersOf(b)).toContain(legal)
      const shown = (await a.client.workspaces.get({ workspace: bed.two.workspace })).members.find(({ own }) => !own)
      expect(shown?.people.find(({ name }) => name.en === NAME.en)?.actingFor?.en).toBe(from.name.en)

      await bed.two.sleep(9)
      bed.declare(b, 6)
      await bed.two.mail(b, a)
      expect(readersOf(b)).not.toContain(legal)
      bed.declare(a, 7)
      expect(readersOf(a)).not.toContain(legal)

      const third = await bed.enrol(b, ['coo'])
      await bed.two.mail(b, a)
      expect(bed.sees(third, bed.declare(third, 8))).toBe(true)
      const person = (await b.client.company.get()).people.filter(({ devices }) => devices.some(({ device }) => device === deviceOf(third)))[0]! // prettier-ignore
      const changed = await b.client.company.certify({ person: person.id, roles: ['cmo'], validTo: day(90) })
      expect(changed.people.find(({ id }) => id === person.id)?.certificates.map(({ state }) => state).toSorted()).toEqual(['replaced', 'valid']) // prettier-ignore
      expect(readersOf(b)).not.toContain(deviceOf(third))
      await bed.two.mail(b, a)
      // What a role loses is told with a cut; what only begins or runs out by its day is not.
      for (const company of [a, b])
        expect(bed.runtimeOf(company).admission.endings.all).toMatchObject([{ subject: { kind: 'roles', device: deviceOf(third), by: { roles: ['cmo'] } } }]) // prettier-ignore
      expect(readersOf(a)).not.toContain(deviceOf(third))
      await bed.carry(b, third)
      expect(() => bed.declare(third, 9)).toThrow()
    },
  )

  it(
    'a new root key is named by the old one: partners follow, devices go on, and the old words open nothing',
    { timeout: 120_000 },
    async () => {
      const { a, b, words } = bed.two
      const colleague = await bed.enrol(b, ['coo'])
      await bed.everybodyMeets([a, b, colleague])
      const before = (await b.client.company.get()).rootFingerprint
      const fresh = (await b.client.company.rotateRoot({ companyWords: [...words.b] })).words
      expect(fresh).toHaveLength(24)
      expect(await refusalOf(b.client.company.rotateRoot({ companyWords: [...words.b] }))).toBe(
        'vault:company-kit-other',
      )
      await bed.everybodyMeets([a, b, colleague])
      const shown = (await a.client.workspaces.get({ workspace: bed.two.workspace })).members.find(({ own }) => !own)
      expect(shown?.rootFingerprint).toBe((await b.client.company.get()).rootFingerprint)
      expect(shown?.rootFingerprint).not.toBe(before)
      const [mine, theirs] = [bed.declare(b, 1), bed.declare(colleague, 2)]
      await bed.everybodyMeets([a, b, colleague])
      for (const company of [a, b, colleague])
        expect([bed.sees(company, mine), bed.sees(company, theirs)]).toEqual([true, true])
      expect(bed.verdicts(a)).toBe(bed.verdicts(b))
      // The company goes on certifying under its new root, and its word reaches the colleague's device.
      const word = await download(b, await b.client.company.updateFile({ device: deviceOf(colleague) }))
      expect((await openFile(colleague, word)).kind).toBe('company-update')
      const third = await bed.enrol(b, ['coo'])
      await bed.everybodyMeets([a, b, third])
      const last = bed.declare(third, 3)
      await bed.everybodyMeets([a, b, third])
      expect(bed.sees(a, last)).toBe(true)
    },
  )
})
