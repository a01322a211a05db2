import { describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { writeExport } from '#shared/artifacts/agreement-export.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import { draftedAgreement } from '#test/support/agreement-desk.ts'
import { download, upload } from '#test/support/company.ts'
import { editPart } from '#test/support/edit-docx.ts'
import { rows } from '#test/support/window.ts'

const words = { heading: 'Confidentiality', text: 'Nothing is secret.' }

describe('a partner whose client was changed', () => {
  it('[PRO-1, PRO-2, PRO-6, WRD-5] answers for nobody else, takes nothing back that is not its own, and puts no text behind a Word file', async () => {
    const desk = await draftedAgreement('PeerAgreement.v1')
    const { two, wire, a } = desk
    const artifact = desk.artifact as ArtifactId
    try {
      const { client } = two.a
      const clause = rows(a, 'clauses')[1]?.id ?? ''
      const { hub } = two.b.engine.desk.session
      /** Stated by B's device as it stands in the log, past every check that B's engine would make. */
      const state = async (...facts: readonly ArtifactEvent[]): Promise<void> => {
        hub.change(() => {
          writeIn(hub, two.channel as ChannelId, facts.map((fact) => ({ kind: 'event' as const, payload: writeArtifactEvent(fact) }))) // prettier-ignore
          return undefined
        })
        await two.level(wire)
      }
      const before = { en: words, ar: words }
      const change = { kind: 'term' as const, term: 'noticeDays', before: 60, value: 90 }
      await client.negotiation.propose({ artifact, change, rationale: 'Ours.', answers: null })
      const recorded = await client.negotiation.recordTradeOff({ artifact, given: 'x', received: 'y', worth: null, clause: null, rationale: 'z' }) // prettier-ignore
      await two.level(wire)
      const [mine] = await client.negotiation.proposals({ artifact })
      const own = 'b'.repeat(32)
      await state(
        { type: 'proposal-withdrawn', artifact, proposal: mine?.id ?? '' },
        { type: 'trade-off-withdrawn', artifact, tradeOff: recorded[0]?.id ?? '' },
        // A proposal that pretends to be A's, with another value, and one of B's own that it accepts itself.
        { type: 'change-proposed', artifact, proposal: mine?.id ?? '', change: { ...change, value: 5 }, rationale: 'Yours.', answers: null, word: null },
        { type: 'change-proposed', artifact, proposal: own, change: { kind: 'clause', clause, before, en: words }, rationale: 'Ours.', answers: null, word: { file: 'x.docx', names: ['Amal Al-Harbi'], untracked: false } },
        { type: 'proposal-accepted', artifact, proposal: own },
      ) // prettier-ignore
      const seen = await client.negotiation.proposals({ artifact })
      expect(seen.map(({ id, state: standing, by, replies }) => [id, standing, by.own, replies.length])).toEqual([
        [own, 'open', false, 0],
        [mine?.id, 'open', true, 0],
      ])
      expect(seen[1]?.change).toEqual(change)
      expect(await client.negotiation.tradeOffs({ artifact })).toHaveLength(1)
      // What it says stood there before never did: who accepts has to have seen what does stand there.
      await expect(client.negotiation.accept({ artifact, proposal: own, seen: before, place: null })).rejects.toMatchObject({ data: { code: 'changed-meanwhile' } }) // prettier-ignore

      // A text under a hash that is not its own, and one of another agreement, are behind no file.
      const bytes = await download(two.a, await client.negotiation.exportWord({ artifact, from: null, to: 'draft' }))
      const forged = writeExport({ format: 'mithaq.agreement-export.v1', artifact: 'f'.repeat(32), entries: [], around: [], fill: {}, clauses: [] }) // prettier-ignore
      const hash = hub.context.paper.sha256(utf8(forged))
      await state(
        { type: 'agreement-exported', artifact, hash, text: forged },
        { type: 'agreement-exported', artifact, hash: 'e'.repeat(64), text: forged },
      )
      for (const claimed of [hash, 'e'.repeat(64)]) {
        const file = editPart(bytes, 'docProps/custom.xml', (xml) => xml.replace(/[0-9a-f]{64}/, claimed))
        const read = client.negotiation.readWord({ artifact, upload: await upload(two.a, 'a.docx', file) })
        await expect(read).rejects.toMatchObject({ data: { code: 'word-version-unknown' } })
      }
    } finally {
      desk.close()
    }
  })
})
