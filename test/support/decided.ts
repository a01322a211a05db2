import { takenFrom } from '#test/agreements/signed-by-both.ts'
import { startChecker } from '#engine/start.ts'
import type { CheckReport } from '#shared/evidence/report.ts'
import { LATER } from '#test/agreements/forged-pack.ts'
import type { Company } from './company.ts'
import { agreed, drafted, FOR_DAMMAM, FOR_RIYADH, speak, type Speech } from './deciding.ts'
import type { ThreeCompanies } from './three-companies.ts'

/** A decision of three companies that all have signed, with the pack that the first makes of it. */
export interface DecidedByThree {
  readonly three: ThreeCompanies
  readonly artifact: string
  readonly pack: Uint8Array
  end(): void
}

export const decisionPack = async (company: Company, artifact: string): Promise<Uint8Array> =>
  takenFrom(company, (await company.client.decisions.evidence({ artifact })).job)

/** What somebody with nothing but the pack makes of it. */
export const checkedPack = async (company: Company, artifact: string): Promise<CheckReport> =>
  (await startChecker()).file(await decisionPack(company, artifact), { now: LATER })

/** C speaks while nobody hears it: its position comes too late, and is refused on every engine. All sign nevertheless. */
export async function decidedByThree(speech: Speech = FOR_RIYADH): Promise<DecidedByThree> {
  const { three, artifact, live } = await drafted({ sealed: 'no', quorum: 50 })
  const [a, b, c] = three.all
  await a.client.decisions.open({ artifact, reason: '' })
  await three.level()
  await speak(a, artifact, speech)
  await speak(b, artifact, FOR_RIYADH)
  await agreed(three, artifact)
  three.cutOff(2)
  await speak(c, artifact, FOR_DAMMAM)
  three.clock.pass(12)
  for (const { client, passphrase } of three.all)
    if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
  three.link()
  const { hash: round } = await agreed(three, artifact)
  await a.client.decisions.close({ artifact, round })
  const { closing } = await agreed(three, artifact)
  for (const { client } of three.all) await client.decisions.sign({ artifact, round, list: closing?.hash ?? '' })
  await agreed(three, artifact)
  await c.client.decisions.reportMinority({ artifact, round, report: 'We spoke in time, and were not heard.' })
  await agreed(three, artifact)
  const pack = await decisionPack(a, artifact)
  const end = (): void => {
    live.close()
    three.end()
  }
  return { three, artifact, pack, end }
}

/** Sealed positions; `shown`: whether C shows its own before the time is over. */
export async function sealedByThree(words: { readonly c: string }, shown: boolean): Promise<DecidedByThree> {
  const { three, artifact, live } = await drafted({ sealed: 'yes', quorum: 50 })
  const [a, , c] = three.all
  await a.client.decisions.open({ artifact, reason: '' })
  await three.level()
  for (const company of three.all)
    await speak(company, artifact, company === c ? { ...FOR_RIYADH, rationale: words.c } : FOR_RIYADH)
  const { hash: round } = await agreed(three, artifact)
  for (const { client } of three.all.filter((one) => one !== c || shown))
    await client.decisions.reveal({ artifact, round })
  await agreed(three, artifact)
  for (const who of [0, 1, 2] as const) three.cutOff(who)
  three.clock.pass(40)
  for (const { client, passphrase } of three.all)
    if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
  three.link()
  await three.level()
  await a.client.decisions.close({ artifact, round })
  const { closing } = await agreed(three, artifact)
  for (const { client } of three.all) await client.decisions.sign({ artifact, round, list: closing?.hash ?? '' })
  await agreed(three, artifact)
  const pack = await decisionPack(a, artifact)
  const end = (): void => {
    live.close()
    three.end()
  }
  return { three, artifact, pack, end }
}
