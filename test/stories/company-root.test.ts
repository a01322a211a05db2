import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import { ownRevocationList } from '#engine/agreements/signing-keys.ts'
import { draftedAgreement, fileOf, latestVersion } from '#test/support/agreement-desk.ts'
import { hubOf, meet } from '#test/support/colleagues.ts'
import { download, openFile, refusalOf, until, type Company } from '#test/support/company.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { kept } from '#test/support/window.ts'
import { tell } from '#test/agreements/tools.ts'

const OMAR = { en: 'Omar Al-Zahrani', ar: 'عمر الزهراني' }

it(
  '[SIG-1, SIG-2] two people of one company sign on their own devices under its one root, and a revoked device stands in its list',
  { timeout: 240_000 },
  async () => {
    const desk = await draftedAgreement('PeerAgreement.v1')
    const { two, artifact } = desk
    const folder = mkdtempSync(join(tmpdir(), 'mithaq-root-'))
    let colleague: Company | undefined
    try {
      colleague = await enrolled(two.a, two.clock, { name: OMAR, roles: ['ceo'] })
      const { client } = colleague
      /** What one device of the company holds of the workspace with the partner, to the other. */
      const carry = async (from: Company, to: Company): Promise<void> => {
        await openFile(to, await download(from, await from.client.workspaces.exportSync({ workspace: two.workspace })))
      }
      const { people } = await two.a.client.agreements.get({ artifact })
      const omar = people.find(({ name }) => name.en === OMAR.en)
      if (!omar) throw new Error('nobody of that name')
      const { company, person, name } = omar
      desk.a.add('signatories', { company, person, name: { ...name }, capacity: { en: 'Chief Executive', ar: 'الرئيس التنفيذي' }, order: 'a5' }) // prettier-ignore
      await kept(desk.a)
      const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
      await carry(two.a, colleague)

      // The issuing device has not heard of this device's key yet: nothing is signed under a root of its own.
      expect(await refusalOf(client.agreements.sign({ artifact, hash }))).toBe('agreements:signing-certificate-pending')
      await meet(two.a, colleague)
      await client.agreements.sign({ artifact, hash })
      await carry(colleague, two.a)
      await two.a.client.agreements.sign({ artifact, hash })
      await until('B has the text', async () => (await latestVersion(two.b, artifact))?.hash === hash)
      await two.b.client.agreements.sign({ artifact, hash })
      await until('all have signed', async () => (await latestVersion(two.a, artifact))?.state === 'signed')

      const facts =
        hubOf(two.a)
          .runtime(two.channel as ChannelId)
          ?.facts.eventsOf(artifact as ArtifactId, 'agreement-file-signed') ?? []
      const roots = (own: boolean) => new Set(facts.flatMap(({ fact, author }) => (author.company === company) === own ? [Buffer.from(fact.ca).toString('hex')] : [])) // prettier-ignore
      expect([roots(true).size, roots(false).size, facts.length]).toEqual([1, 1, 3])

      // Others say so, too: three valid signatures, and the colleague's certificate leads to the company's root.
      const file = join(folder, 'agreement.pdf')
      writeFileSync(file, await fileOf(two.a, artifact, hash))
      expect(tell('pdfsig', ['-nocert', file]).match(/Signature is Valid/g)).toHaveLength(3)
      const issued = hubOf(two.a).context.vault.records.list<{ certificate: Uint8Array; ca: Uint8Array; serial: Uint8Array }>('pdf-issued') // prettier-ignore
      expect(issued).toHaveLength(1)
      const { certificate, ca, serial } = issued[0]!.value
      const pem = (path: string, der: Uint8Array): string => {
        writeFileSync(join(folder, `${path}.der`), der)
        tell('openssl', ['x509', '-inform', 'DER', '-in', join(folder, `${path}.der`), '-out', join(folder, path)])
        return join(folder, path)
      }
      const check = ['verify', '-CAfile', pem('root.pem', ca), pem('person.pem', certificate)]
      expect(tell('openssl', check)).toContain('OK')

      // Revoked: the company's list names the certificate.
      const device = hubOf(colleague).identity.device.id
      await two.a.client.company.revokeDevice({ device, reason: 'lost' })
      const list = await ownRevocationList(hubOf(two.a))
      writeFileSync(join(folder, 'list.crl'), list ?? new Uint8Array())
      const heard = tell('openssl', ['crl', '-inform', 'DER', '-in', join(folder, 'list.crl'), '-noout', '-text'])
      expect(heard.replaceAll(':', '').toLowerCase()).toContain(Buffer.from(serial).toString('hex').replace(/^0+/, ''))
    } finally {
      if (colleague) {
        colleague.engine.close()
        rmSync(colleague.directory, { recursive: true, force: true })
      }
      rmSync(folder, { recursive: true, force: true })
      desk.close()
    }
  },
)
