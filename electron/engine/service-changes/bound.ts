import { MATTER_WORDS } from '#shared/artifacts/change-words.ts'
import type { ChangeContent } from '#shared/artifacts/change-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { Bound } from '../approvals/gate.ts'
import type { OpenChange } from './place.ts'

const plain = ({ en, ar }: Words): Canonical => ({ en, ar })
const asked = ({ topic, changes }: ChangeContent): Readonly<Record<string, Canonical>> => ({
  change: topic.number,
  title: plain(topic.title),
  changes: changes.map(({ place, text }) => ({ place: plain(place), text: plain(text) })),
})

/** What an approval of a text is bound to: its hash, and of the text what a person decides by. */
export function boundToText(content: ChangeContent, hash: string): Bound {
  const { topic, policy, parties, signBy } = content
  const sideName = (side: string): Canonical => parties.find((party) => party.side === side)?.name as Canonical
  return {
    content: {
      ...asked(content),
      hash,
      question: plain(topic.question),
      benefits: plain(topic.benefits),
      deciders: policy.matters.map(({ matter, decider, until }) => ({
        matter: plain(MATTER_WORDS[matter]),
        decider: sideName(decider),
        until: dateOf(until),
      })),
      until: dateOf(signBy),
    },
  }
}

/** What an approval of a word about a change is bound to: the change as a person reads it, and the word. */
export const boundToWord = ({ content, hash }: OpenChange, word: Readonly<Record<string, Canonical>>): Bound => ({
  content: { ...asked(content), hash, ...word },
})
