import { USUAL_SPLIT } from '#shared/decisions/change-draft.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Plain } from '#shared/living/register.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

/** What a new change request begins with: its number in the log, the usual rule, and the first two companies of the channel; `more` by set and record. */
export function firstChange(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  title: Bilingual,
  more: Readonly<Record<string, Readonly<Record<string, Plain>>>> = {},
): Saying | undefined {
  const number = runtime.facts.artifacts(ChangeRequest.type).filter(({ id }) => id !== artifact).length + 1
  return jointDraft(runtime, artifact, (put) => {
    put('topic', 'it', { number: `CR-${String(number)}`, title: { ...title }, urgency: 'normal' })
    put('policy', 'it', { ...USUAL_SPLIT, verdictRoles: [...USUAL_SPLIT.verdictRoles], signRoles: [...USUAL_SPLIT.signRoles] }) // prettier-ignore
    const companies = [...runtime.members.companies.values()].filter(({ left }) => !left).slice(0, 2)
    companies.forEach(({ card }, at) => {
      put('parties', `p${String(at + 1)}`, { company: card.company, name: { ...card.name }, side: at === 0 ? 'client' : 'provider', order: `a${String(at)}` })
    }) // prettier-ignore
    for (const [path, values] of Object.entries(more)) {
      const [set = '', record = 'it'] = path.split('/')
      put(set, record, values)
    }
  })
}
