import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { partnerGuide } from '#engine/workspaces/partner-guide.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { download, importFile, openFile, refusalOf, startCompany, type Company } from '#test/support/company.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { FORECAST, TITLE } from '#test/support/two-companies.ts'
import { wordsOf } from '../e2e/support/say.ts'

const INVITER = { en: 'Najd Trading Company', ar: 'شركة نجد التجارية' }
const UNTIL = Date.UTC(2026, 10, 28, 6) as Instant
const steps = (html: string, language: string): readonly string[] => {
  const part = html.split('<section ').find((each) => each.startsWith(`lang="${language}"`)) ?? ''
  return [...part.matchAll(/data-step="([a-z]+)"/g)].map((match) => match[1] ?? '')
}

it('names what stands on the screens, in both languages, and the same steps in the same order', () => {
  const html = partnerGuide({ inviter: INVITER, file: 'Demand-invitation.mithaq', until: UNTIL })
  expect(steps(html, 'en').length).toBeGreaterThan(4)
  expect(steps(html, 'ar')).toEqual(steps(html, 'en'))
  const sections = html.split('<section ').slice(1)
  for (const [section, language] of [
    [sections[0], 'en'],
    [sections[1], 'ar'],
  ] as const) {
    // prettier-ignore
    const named = [...(section ?? '').matchAll(/<b data-words="([^"]+)">([^<]+)<\/b>/g)]
    expect(named.length).toBeGreaterThan(7)
    for (const [, key = '', text] of named) expect(wordsOf(language).get(key), key).toBe(text)
    expect(section).toContain(INVITER[language])
    expect(section).toContain('Demand-invitation.mithaq')
  }
  expect(sections[0]).toContain('28 November 2026')
  expect(sections[1]).toContain('٢٨ نوفمبر ٢٠٢٦')
})

it('stands alone, and what a company calls itself stays text', () => {
  const inviter = { en: '<img src=x onerror=alert(1)> & {file} [[x|y]]', ar: '"></bdi><script>' }
  const html = partnerGuide({ inviter, file: 'a.mithaq', until: UNTIL })
  expect(html).not.toMatch(/<(img|script|link|iframe|object|a) |<script|https?:|url\(|@import/)
  expect(html).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt; &amp; {file} [[x|y]]</bdi>')
})

/** The partner's people, who have nothing but a mail with two attachments and a telephone. */
interface Desk {
  partner: Company
  answer: Uint8Array
  workspace: string
}

it('leads a partner without the app from the mail to the first answer, by files alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mithaq-guide-'))
  const clock = new HandClock()
  const company = async (name: string): Promise<Company> => {
    const directory = join(root, name)
    mkdirSync(directory)
    return startCompany({ directory, passphrase: `passphrase of ${name}`, clock, scheduler: clock })
  }
  const a = await company('a')
  await a.client.vault.create({ company: INVITER, person: { en: 'Amal', ar: 'أمل' }, roles: ['coo'], passphrase: a.passphrase }) // prettier-ignore
  const { id: workspace, channels } = await a.client.workspaces.create({
    kind: 'customer-seller',
    name: { en: 'Demand 2027', ar: 'الطلب 2027' },
    outcome: { en: 'No shelf is empty.', ar: 'لا رف فارغ.' },
    charter: { addCompany: 'any-member', roles: ['coo'] },
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: ['coo'] },
  })
  const dataset = await importFile(a, 'orders.csv', ledger(regularOrders()))
  const proposed = await a.client.disclosures.propose({ dataset: dataset.id, workspace, channel: channels[0]?.id ?? '' }) // prettier-ignore
  const policy = await a.client.disclosures.savePolicy(proposed)

  expect(await refusalOf(a.client.workspaces.inviteByMail({ workspace }))).toBe('workspaces:no-invitation')
  await a.client.workspaces.invite({ workspace, days: 7 })
  const mail = await a.client.workspaces.inviteByMail({ workspace })
  const [attachment, guide] = [await download(a, mail.invitation), fromUtf8(await download(a, mail.guide))]
  expect(guide).toContain(mail.invitation.name)
  // The page is no secret: whoever reads it over a shoulder has not got the invitation.
  const { invitation } = await a.client.workspaces.get({ workspace })
  expect(guide).not.toContain(invitation?.link.slice(7, 60) ?? '-')

  const desk = {} as Desk
  const code = async ({ client }: Company): Promise<string> => (await client.workspaces.get({ workspace })).safetyCode?.join(' ') ?? '' // prettier-ignore
  const doing: Readonly<Record<string, () => Promise<void>>> = {
    install: async () => void (desk.partner = await company('b')),
    company: async () => {
      const { client, passphrase } = desk.partner
      await client.vault.create({ company: { en: 'Gulf Supply', ar: 'الخليج للتوريد' }, person: { en: 'Badr', ar: 'بدر' }, roles: ['coo'], passphrase }) // prettier-ignore
    },
    open: async () => {
      const looked = await openFile(desk.partner, attachment, mail.invitation.name)
      if (looked.kind !== 'invitation') throw new Error(`an invitation read as ${looked.kind}`)
      expect(looked.preview.inviter).toEqual(INVITER)
      desk.workspace = looked.token
    },
    answer: async () => {
      const { answer, workspace: joined } = await desk.partner.client.workspaces.accept({ token: desk.workspace })
      desk.workspace = joined
      await openFile(a, await download(desk.partner, answer))
    },
    compare: async () => {
      expect(await code(desk.partner)).toBe(await code(a))
      const said = { workspace, code: await code(a), matches: true }
      await a.client.workspaces.confirmSafety(said)
      await desk.partner.client.workspaces.confirmSafety(said)
    },
    exchange: async () => {
      const preview = await a.client.disclosures.preview({ policy, title: TITLE, forecast: FORECAST })
      if (preview.outcome !== 'preview') throw new Error('refused')
      const { sliceId } = preview.view
      const { artifact } = await a.client.disclosures.disclose({ policy: policy.id, title: TITLE, forecast: FORECAST, sliceId, confirmHeld: false }) // prettier-ignore
      await openFile(desk.partner, await download(a, await a.client.workspaces.exportSync({ workspace })))
      const { forecast } = await desk.partner.client.artifacts.open({ artifact })
      const cell = forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
      if (!cell) throw new Error('nothing to commit to')
      const { sku, region, bucket, net } = cell
      await desk.partner.client.artifacts.commit({
        artifact,
        commitments: [{ sku, region, bucket, committed: net, status: 'committed', reason: null, resource: null }],
      })
      const back = await desk.partner.client.workspaces.exportSync({ workspace })
      await openFile(a, await download(desk.partner, back))
      const seen = (await a.client.artifacts.open({ artifact })).forecast.series.flatMap(({ cells }) => cells)
      expect(seen.filter(({ committed }) => committed !== null)).toHaveLength(1)
    },
  }
  const walked = steps(guide, 'en')
  for (const step of walked) await doing[step]?.()
  expect(walked.toSorted()).toEqual(Object.keys(doing).toSorted())

  // The invitation has served: nobody else gets it by mail.
  expect(await refusalOf(a.client.workspaces.inviteByMail({ workspace }))).toBe('workspaces:no-invitation')
  for (const { engine, bugs } of [a, desk.partner]) {
    engine.close()
    expect(bugs).toEqual([])
  }
  rmSync(root, { recursive: true, force: true })
})
