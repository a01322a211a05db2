import type { DisputeContent } from '#shared/artifacts/dispute-content.ts'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import { FINDING_WORDS, LEVEL_WORDS, UNIT_WORDS } from '#shared/artifacts/dispute-words.ts'
import { roleWords } from '#shared/artifacts/envelope.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Bound } from '../approvals/gate.ts'
import type { Case } from './place.ts'

const plain = ({ en, ar }: Words): Canonical => ({ en, ar })
const about = ({ subject, issue, parties }: DisputeContent): Readonly<Record<string, Canonical>> => ({
  subject: plain(subject.title),
  ...(subject.clause ? { clause: subject.clause } : {}),
  issue,
  parties: parties.map(({ name }) => plain(name)),
})

/** What an approval of an opening is bound to: its hash, and of its text what a person decides by. */
export function boundToOpening(content: DisputeContent, hash: string): Bound {
  const { path, position, subject } = content
  return {
    title: subject.title,
    content: {
      ...about(content),
      hash,
      position,
      path: {
        ...(path.source ? { agreedIn: path.source.hash } : {}),
        levels: path.levels.map(({ kind, roles, length, unit, mediator }) => ({
          level: plain(LEVEL_WORDS[kind]),
          roles: roles.map((role) => plain(roleWords(role))),
          length,
          unit: plain(UNIT_WORDS[unit]),
          ...(mediator ? { mediator } : {}),
        })),
        fallback: path.fallback && { institution: plain(path.fallback.institution), rules: plain(path.fallback.rules), seat: plain(path.fallback.seat) }, // prettier-ignore
      },
    },
  }
}

/** What an approval of a word in a dispute is bound to: the dispute as a person reads it, and the word. */
export const boundToWord = ({ content, hash }: Case, word: Readonly<Record<string, Canonical>>): Bound => ({
  content: { ...about(content), dispute: hash, ...word },
})

export const findingWords = (finding: Finding): Canonical => plain(FINDING_WORDS[finding])
