import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { addDays, addMonths, dateOf, monthOf, type IsoDate } from '#shared/kernel/time.ts'
import type { ImportPlan } from '#shared/contract/datasets.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type { Desk } from './desk.ts'
import { prepare } from './disclosures/prepare.ts'
import { propose, savePolicy } from './disclosures/policies.ts'
import { release } from './disclosures/release.ts'
import { Refused } from './edge.ts'
import { beginNegotiation } from './sample-negotiation.ts'
import { localPipe } from './local-pipe.ts'
import { found } from './workspaces/found.ts'
import { accept, confirmSafety, invite, lookAt, takeAnswer } from './workspaces/invite.ts'
import { listWorkspaces, type WorkspaceRecord } from './workspaces/workspace-record.ts'

/** Nothing in the sample is real, so its passphrase is no secret. */
const OPEN = 'sample companies hold no secret'

const RETAILER = { en: 'Najd Trading Company', ar: 'شركة نجد التجارية' }
const SUPPLIER = { en: 'Gulf Supply Company', ar: 'شركة الخليج للتوريد' }
const BUYER = { en: 'Amal Al-Harbi', ar: 'أمل الحربي' }
const PLANNER = { en: 'Badr Al-Qahtani', ar: 'بدر القحطاني' }
/** What a person would have written once, in their own language. */
const WRITTEN = {
  en: {
    orders: 'Customer orders',
    system: 'Sample ERP',
    unit: 'cartons',
    purpose: 'Joint capacity planning',
    assumption: 'No new branches before the end of the horizon.',
  },
  ar: {
    orders: 'طلبات العملاء',
    system: 'نظام تخطيط تجريبي',
    unit: 'كرتون',
    purpose: 'تخطيط مشترك للطاقة الإنتاجية',
    assumption: 'لا فروع جديدة قبل نهاية الأفق الزمني.',
  },
} as const
type Written = (typeof WRITTEN)[keyof typeof WRITTEN]

const TITLE = { en: 'Demand by product and region', ar: 'الطلب حسب المنتج والمنطقة' }
const ROLES: readonly Role[] = ['coo', 'cfo', 'cmo', 'ceo', 'admin']

const forecastIn = ({ unit, assumption }: Written): ForecastChoice => ({
  method: 'seasonal-drift',
  horizon: 6,
  unit,
  overrides: [],
  zones: [
    { zone: 'frozen', fromMonth: 1, toMonth: 1, upPercent: 15, downPercent: 15 },
    { zone: 'firm', fromMonth: 2, toMonth: 3, upPercent: 25, downPercent: 25 },
    { zone: 'flex', fromMonth: 4, toMonth: null, upPercent: 50, downPercent: 50 },
  ],
  assumptions: [assumption],
  invalidation: [
    { rule: 'change-over', percent: 20, reference: null },
    { rule: 'sku-discontinued', percent: null, reference: null },
  ],
  commitDays: 5,
  exceptionDays: 3,
})

/** Opens the sample companies, making them first where they are missing or half made. */
export async function openSample(main: Desk, partner: Desk, orders: SampleOrders, locale: 'en' | 'ar'): Promise<void> {
  if (main.exists && partner.exists) {
    try {
      if (!main.isOpen) main.unlock(OPEN)
      if (!partner.isOpen) partner.unlock(OPEN)
      if (
        listWorkspaces(main.session.context).some(({ local }) => local) &&
        main.session.context.vault.records.get('sample', 'ready')
      ) {
        return connect(main, partner)
      }
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
    }
  }
  main.destroy()
  partner.destroy()
  await makeSample(main, partner, orders, locale)
}

async function makeSample(main: Desk, partner: Desk, orders: SampleOrders, locale: 'en' | 'ar'): Promise<void> {
  main.create(RETAILER, BUYER, ['coo', 'admin'], OPEN)
  partner.create(SUPPLIER, PLANNER, ['coo', 'delivery-lead'], OPEN)
  const [a, b] = [main.session, partner.session]
  const founded = found(a.hub, {
    kind: 'customer-seller',
    name: { en: 'Demand and capacity 2027', ar: 'الطلب والطاقة ٢٠٢٧' },
    outcome: {
      en: 'No product is missing from a shelf because nobody knew the demand in time.',
      ar: 'لا يغيب منتج عن رف لأن أحدًا لم يعرف الطلب في وقته.',
    },
    charter: { addCompany: 'any-member', roles: [...ROLES, 'delivery-lead'] },
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: ['coo'] },
    dryRun: false,
  })
  const invited = invite(a.hub, { ...founded, local: true }, 7).workspace
  const invitation = lookAt(b.hub, invited.invitation?.link ?? '')
  const joined = accept(b.hub, invitation, true).workspace
  const answered = takeAnswer(a.hub, joined.answer?.bytes ?? new Uint8Array()).workspace
  const code = joined.answer?.code ?? ''
  confirmSafety(a.hub, answered, code, true)
  confirmSafety(b.hub, joined, code, true)
  connect(main, partner)
  await tellStory(main, answered, orders, WRITTEN[locale])
  const [channel] = founded.channels
  if (!channel) throw new Error('the sample has no channel')
  await beginNegotiation(main, partner, channel, locale)
  a.context.vault.records.put('sample', 'ready', true)
}

/** The local port between the two engines; it never depends on a network. */
function connect(main: Desk, partner: Desk): void {
  const shared = listWorkspaces(main.session.context).find(({ local }) => local)
  if (!shared) throw new Error('the sample has no workspace')
  const [left, right] = localPipe()
  main.session.connections.attach(shared.id, left, SUPPLIER.en)
  partner.session.connections.attach(shared.id, right, RETAILER.en)
}

/** Two years of orders until a day, as a file of the sample's ERP; `upTo` cuts it short, as an earlier export would be. */
export type SampleOrders = (until: IsoDate, upTo: IsoDate) => string

/** Two versions of the data and two revisions of the disclosure: the older forecast is what the newer months measure. */
async function tellStory(
  main: Desk,
  workspace: WorkspaceRecord,
  orders: SampleOrders,
  written: Written,
): Promise<void> {
  const { hub, context, datasets } = main.session
  const thisMonth = monthOf(dateOf(main.tools.clock.now()))
  const endOf = (monthsAgo: number): IsoDate => addDays(`${addMonths(thisMonth, 1 - monthsAgo)}-01` as IsoDate, -1)
  const first = await planOf(main, orders(endOf(1), endOf(3)), written)
  await finished(main, datasets.import(first).job)
  const [dataset] = datasets.list()
  const channel = workspace.channels[0]
  if (!dataset || !channel) throw new Error('the sample has no data or channel')
  const proposed = propose(hub, dataset.id, workspace.id, channel)
  const policy = savePolicy(hub, { ...proposed, purpose: written.purpose })
  await context.scheduler.breathe()
  discloseOnce(main, policy, written)
  const job = datasets.reimport(dataset.id, await planOf(main, orders(endOf(1), endOf(1)), written), ['Order no']).job
  await finished(main, job)
  datasets.confirmReimport(main.jobs.get(job).result ?? '')
  await context.scheduler.breathe()
  discloseOnce(main, policy, written)
}

async function planOf({ session, transfers }: Desk, csv: string, written: Written): Promise<ImportPlan> {
  const bytes = utf8(csv)
  const upload = transfers.begin('orders.csv', bytes.length)
  transfers.accept(upload, bytes)
  const source = { upload }
  const { columns } = await session.datasets.probe(source, {})
  return {
    source,
    choice: {},
    name: written.orders,
    system: written.system,
    columns: [...columns],
    cancellations: 'exclude',
    maxDefects: 100,
  }
}

async function finished({ jobs, tools }: Desk, job: string): Promise<void> {
  while (jobs.get(job).state === 'running') await tools.scheduler.breathe()
  const { state, refusal } = jobs.get(job)
  if (state !== 'done') throw new Error(`the sample file was refused: ${refusal?.code ?? state}`)
}

function discloseOnce({ session }: Desk, policy: DisclosurePolicy, written: Written): void {
  const forecast = forecastIn(written)
  const prepared = prepare(session.hub, policy, TITLE, forecast)
  if (!prepared.ok) throw new Error(`the sample policy was refused: ${prepared.objections.refusals[0]?.code}`)
  const order = { policy: policy.id, title: TITLE, forecast, sliceId: prepared.value.id }
  release(session.hub, { ...order, confirmHeld: true })
}
