import { hasRole } from '#shared/membership/certificate-of.ts'
import type { Control, RoleCertificate } from '#shared/membership/types.ts'
import type { AuthorisedEntry } from './admit.ts'
import type { Judges } from './judges.ts'

/**
 * What others have signed, what proves itself, and what only says what was seen takes no role: these stand whoever brings them. Keys do,
 * too: one that somebody outside holds is unsafe anyhow, and what lies under it must not hang on who vouches for its announcement.
 */
const NEEDS_NO_ROLE: ReadonlySet<Control['kind']> = new Set([
  'certificate',
  'roles-narrowed',
  'revocation',
  'root-rotated',
  'ack',
  'fork-run',
  'epoch-created',
])

/** Whether `author`, a certificate that took the place of the one under which an entry was written, allows it as well. */
export function stillAllows(author: RoleCertificate, { readable, intent }: AuthorisedEntry, judges: Judges): boolean {
  if (intent.kind === 'control' && NEEDS_NO_ROLE.has(intent.control.kind)) return true
  const { certified, opened } = readable
  const { ancestry } = certified.placed
  if (!hasRole(certified.members, author) || opened.body.at > author.validTo) return false
  switch (intent.kind) {
    case 'doc':
      return intent.writes.every(({ artifact, section }) => judges.mayWrite(artifact, section, author, ancestry))
    case 'event':
      return judges.judgeEvent(intent.payload, author, ancestry) === 'admit'
    case 'control': {
      const { control } = intent
      return control.kind !== 'slice-key' || judges.mayWrite(control.artifact, control.section, author, ancestry)
    }
    case 'blob':
      return true
  }
}
