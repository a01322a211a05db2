import { finished } from '#headless/company.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { download, until, type Company } from '#test/support/company.ts'
import { twoCompanies, type Setting, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow } from '#test/support/window.ts'

/** An agreement between two engines, signed by both, with the pack that the first one makes of it. */
export interface SignedByBoth {
  readonly two: TwoCompanies
  readonly artifact: string
  readonly hash: string
  readonly pdf: Uint8Array
  readonly pack: Uint8Array
  end(): void
}

export async function packOf(company: Company, artifact: string, hash: string, approvals = false): Promise<Uint8Array> {
  const { job } = await company.client.agreements.evidence({ artifact, hash, approvals })
  return takenFrom(company, job)
}

/** What a job made, as a whole file. */
export async function takenFrom(company: Company, job: string): Promise<Uint8Array> {
  const { result = '' } = await finished(company.client, job)
  return download(company, { id: result, name: '', size: await sizeOf(company, result) })
}

/** A download is read until nothing more comes. */
async function sizeOf({ client }: Company, download: string): Promise<number> {
  for (let offset = 0; ;) {
    const { base64 } = await client.files.read({ download, offset })
    if (base64 === '') return offset
    offset += Buffer.from(base64, 'base64').length
  }
}

/** `before` runs when the text is closed and nobody has signed. */
export async function signedByBoth(
  setting: Setting = {},
  before: (two: TwoCompanies, place: { artifact: string; hash: string }) => Promise<void> = () => Promise.resolve(),
  signedBefore = false,
): Promise<SignedByBoth> {
  const two = await twoCompanies({
    rolesA: ['ceo', 'coo'],
    rolesB: ['ceo', 'coo'],
    channelRoles: ['ceo', 'coo'],
    ...setting,
  })
  const wire = two.wire()
  await two.level(wire)
  const title = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }
  const { artifact } = await two.a.client.documents.create({ channel: two.channel, type: 'PeerAgreement.v1', title })
  const live: LiveDocument = await openWindow(two.a, artifact)
  const { people } = await two.a.client.agreements.get({ artifact })
  people.forEach(({ company, person, name }, at) =>
    live.add('signatories', { company, person, name: { ...name }, capacity: { en: 'Chief Executive', ar: 'الرئيس التنفيذي' }, order: `a${String(at)}` }),
  ) // prettier-ignore
  await kept(live)
  await two.level(wire)
  const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
  await two.level(wire)
  await before(two, { artifact, hash })
  if (!signedBefore) await two.a.client.agreements.sign({ artifact, hash })
  await two.level(wire)
  await two.b.client.agreements.sign({ artifact, hash })
  for (const { client } of [two.a, two.b])
    await until('both have the whole file and said so', async () => {
      const [version] = (await client.agreements.get({ artifact })).versions
      return version?.signatures.every(({ witnessedAt }) => witnessedAt !== null)
    })
  await two.level(wire)
  const pdf = await download(two.a, await two.a.client.agreements.file({ artifact, hash }))
  const pack = await packOf(two.a, artifact, hash)
  const end = (): void => {
    live.close()
    two.end()
  }
  return { two, artifact, hash, pdf, pack, end }
}
