import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '#shared/kernel/ids.ts'
import { download, openFile, startCompany, upload, type Company } from './company.ts'
import type { HandClock } from './hand-clock.ts'

export interface NewDevice {
  readonly name: { readonly en: string; readonly ar: string }
  readonly roles: readonly Role[]
  /** Somebody in the register already. */
  readonly person?: string | null
}

/** A new machine that asks `by`'s company for a certificate, over files alone. The caller closes it and removes its directory. */
export async function enrolled(by: Company, clock: HandClock, device: NewDevice): Promise<Company> {
  const { name, roles, person = null } = device
  const machine = await startCompany({
    directory: mkdtempSync(join(tmpdir(), 'mithaq-device-')),
    passphrase: 'passphrase of the other device',
    clock,
    scheduler: clock,
  })
  await machine.client.joining.start({ name, passphrase: machine.passphrase })
  const looked = await openFile(by, await download(machine, await machine.client.joining.request()))
  if (looked.kind !== 'device-request') throw new Error(`a request read as ${looked.kind}`)
  const terms = { token: looked.token, person, name: looked.name, roles: [...roles], validTo: '2027-06-30' }
  const { answer } = await by.client.company.enrol({ ...terms, code: looked.code.join(' ') })
  const upped = await upload(machine, 'answer.mithaq', await download(by, answer))
  const offer = await machine.client.joining.look({ upload: upped })
  await machine.client.joining.confirm({ token: offer.token, matches: true })
  return machine
}
