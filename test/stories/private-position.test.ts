import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import { NO_RANGE, type PrivatePosition } from '#shared/artifacts/private-position.ts'
import { told } from '#test/agreements/tools.ts'
import { draftedAgreement, fileOf, signedByBoth, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { auditOf } from '#test/support/company.ts'
import { listening, type Listening } from '#test/support/listening.ts'
import { found, type Canary } from '#test/support/scan.ts'
import { kept, rows } from '#test/support/window.ts'

const NOTE = 'Kanari: with forty days we could live ٤٠'
const CLAUSE = 'كناري البند: نقبل بوساطة من سبعة أيام'
const CANARIES: readonly Canary[] = [
  { name: 'fallback of a term', texts: [NOTE] },
  { name: 'fallback of a clause', texts: [CLAUSE] },
  { name: 'limit', texts: ['7654321087'], numbers: [7_654_321_087] },
  { name: 'never', texts: ['9876543210123'], numbers: [9_876_543_210_123] },
]

let desk: AgreementDesk
let ears: { readonly a: Listening; readonly b: Listening }
afterEach(() => desk.close())

/** A keeps a position of all kinds, then both sign; everything that left A, and all that B holds and sees, is searched. */
async function searched(leak?: () => Promise<void> | void): Promise<readonly string[]> {
  const { two, artifact, a } = desk
  const [clause] = rows(a, 'clauses')
  const position: PrivatePosition = {
    ranges: {
      payment: { ...NO_RANGE, most: 7_654_321_087, never: [9_876_543_210_123], note: NOTE },
      'prices.price': { ...NO_RANGE, least: 7_654_321_087 },
    },
    clauses: { [clause?.id ?? '']: CLAUSE },
  }
  expect(await two.a.client.agreements.savePosition({ artifact, position })).toEqual(position)
  await leak?.()
  const hash = await signedByBoth(desk)
  const file = await fileOf(two.b, artifact, hash)
  const page = utf8(told(file, 'pdftotext', '-layout', 'FILE', '-'))
  const views = [
    await two.b.client.agreements.get({ artifact }),
    await two.b.client.agreements.position({ artifact }),
    await two.b.client.today.get(),
    await auditOf(two.b),
    await auditOf(two.a),
  ].map((view) => utf8(JSON.stringify(view)))
  const pack = await two.pack(two.a)
  const messages = desk.wire.sent.map(({ message }) => message)
  two.b.engine.close()
  const vault = ears.b.vaultContents(join(two.b.directory, 'company'))
  expect([ears.a.sealed.length > 20, ears.b.opened.length > 10, vault.length > 50]).toEqual([true, true, true])
  return found([...ears.a.sealed, ...ears.b.opened, ...messages, ...vault, ...views, pack, file, page], CANARIES)
}

async function drafted(): Promise<void> {
  ears = { a: await listening(), b: await listening() }
  desk = await draftedAgreement('ContractTerms.v1', { toolsA: ears.a.tools, toolsB: ears.b.tools })
}

describe('what a company would settle for', () => {
  it('[AGR-11, PV-2] is in its own vault, and in nothing that leaves, is printed, is signed or is seen by the other', async () => {
    await drafted()
    expect(await searched()).toEqual([])
    desk.two.a.engine.close()
    const own = ears.a.vaultContents(join(desk.two.a.directory, 'company'))
    expect(found(own, CANARIES).toSorted()).toEqual(CANARIES.map(({ name }) => name).toSorted())
  })

  it('[AGR-11] control: the same search turns red when a note or a limit gets into the draft', async () => {
    await drafted()
    const leak = async (): Promise<void> => {
      desk.a.add('comments', { clause: 'c1', body: NOTE, order: 'a0' })
      desk.a.set('terms', 'it', 'yearlyValue', 7_654_321_087)
      await kept(desk.a)
    }
    expect(await searched(leak)).toEqual(['fallback of a term', 'limit'])
  })
})
