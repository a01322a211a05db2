import type { ArtifactId, CompanyId, SectionName } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { AuthorView, WrittenView } from '#shared/projection/document-views.ts'
import { sectionKey } from '#shared/sync/update.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'

/** Who a certificate names, with the company's name as the channel knows it. */
export function authorView(
  runtime: ChannelRuntime,
  { company, person, name, roles }: RoleCertificate,
  own: CompanyId,
): AuthorView {
  const known = runtime.members.companies.get(company)?.card.name
  return {
    company: { id: company, name: known ?? { en: company.slice(0, 8), ar: company.slice(0, 8) } },
    person: { id: person, name },
    roles,
    own: company === own,
  }
}

/** Who wrote the given items of a section, and when; an item that no admitted entry wrote is left out. */
export function writtenBy(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  section: SectionName,
  items: readonly { readonly client: number; readonly clock: number }[],
  own: CompanyId,
): readonly WrittenView[] {
  const key = sectionKey(artifact, section)
  return items.flatMap(({ client, clock }) => {
    const entry = runtime.admission.clocks.authorOf(key, client, clock)
    const stated = entry && runtime.facts.changes.authored(entry.feed, entry.seq)
    return stated ? [{ client, clock, by: authorView(runtime, stated.author, own), at: stated.at }] : []
  })
}
