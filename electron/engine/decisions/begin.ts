import { USUAL_POLICY } from '#shared/decisions/draft.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { REGISTERS, registerKey, type Plain } from '#shared/living/register.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

const JOINT = 'joint' as SectionName

/** What a new decision begins with: its title, the usual rule, two options to name, and the companies of the channel alike. */
export function firstDecision(runtime: ChannelRuntime, artifact: ArtifactId, title: Bilingual): Saying | undefined {
  const client = runtime.clientOf(artifact, JOINT, 0)
  const update = runtime.edit(artifact, JOINT, (writer) => {
    const put = (set: string, record: string, values: Readonly<Record<string, Plain>>): void => {
      for (const [field, value] of Object.entries(values))
        writer.setKey(REGISTERS, registerKey(set, record, field, client), value)
    }
    put('topic', 'it', { title: { ...title }, urgency: 'normal' })
    put('policy', 'it', { ...USUAL_POLICY })
    put('options', 'o1', { title: { en: '', ar: '' }, order: 'a0' })
    put('options', 'o2', { title: { en: '', ar: '' }, order: 'a1' })
    const companies = [...runtime.members.companies.values()].filter(({ left }) => !left)
    companies.forEach(({ card }, at) => {
      put('voters', `v${String(at + 1)}`, { company: card.company, name: { ...card.name }, weight: 1, order: `a${String(at)}` })
    }) // prettier-ignore
  })
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }
}
