import type { LiveDocument } from '#ui/app/live-document.ts'
import { download, until, type Company } from './company.ts'
import { twoCompanies, type Setting, type TwoCompanies } from './two-companies.ts'
import { kept, openWindow } from './window.ts'
import type { Wire } from './wire.ts'

/** Two companies over an agreement of one kind, with the windows in which they draft it. */
export interface AgreementDesk {
  readonly two: TwoCompanies
  readonly artifact: string
  readonly wire: Wire
  readonly a: LiveDocument
  readonly b: LiveDocument
  close(): void
}

/** A draft with a person of each company as signatory, level on both sides. */
export async function draftedAgreement(type: string, setting: Setting = {}): Promise<AgreementDesk> {
  const two = await twoCompanies({
    rolesA: ['ceo', 'coo'],
    rolesB: ['ceo', 'coo'],
    channelRoles: ['ceo', 'coo', 'cfo'],
    ...setting,
  })
  const wire = two.wire()
  await two.level(wire)
  const title = { en: 'Cartons for the season', ar: 'كراتين الموسم' }
  const { artifact } = await two.a.client.documents.create({ channel: two.channel, type, title })
  await until('B has the agreement', async () => (await two.b.client.documents.list({})).length === 1)
  const [a, b] = [await openWindow(two.a, artifact), await openWindow(two.b, artifact)]
  const { people } = await two.a.client.agreements.get({ artifact })
  people.forEach(({ company, person, name }, at) =>
    a.add('signatories', { company, person, name: { ...name }, capacity: { en: 'Chief Executive', ar: 'الرئيس التنفيذي' }, order: `a${String(at)}` }),
  ) // prettier-ignore
  await kept(a)
  await two.level(wire)
  const close = (): void => {
    a.close()
    b.close()
    two.end()
  }
  return { two, artifact, wire, a, b, close }
}

export const latestVersion = async ({ client }: Company, artifact: string) =>
  (await client.agreements.get({ artifact })).versions[0]

/** Closes the draft and has both companies sign it. Returns the hash of the signed text. */
export async function signedByBoth({ two, artifact, wire }: AgreementDesk): Promise<string> {
  const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
  await two.level(wire)
  for (const { client } of [two.a, two.b]) {
    await client.agreements.sign({ artifact, hash })
    await two.level(wire)
  }
  for (const company of [two.a, two.b])
    await until('all have signed', async () => (await latestVersion(company, artifact))?.state === 'signed')
  return hash
}

export const fileOf = async (company: Company, artifact: string, hash: string): Promise<Uint8Array> =>
  download(company, await company.client.agreements.file({ artifact, hash }))
