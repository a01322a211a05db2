import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Held } from '#shared/living/records.ts'
import type { AuthorView, WrittenView } from '#shared/projection/document-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useOrpc } from './engine.tsx'

/** A person with company and roles, as one readable text. */
export function useAuthorText(): (by: AuthorView) => string {
  const { t } = useTranslation()
  const { f, pick } = useLocale()
  return ({ person, company, roles }) =>
    t('authorOf', {
      person: pick(person.name),
      company: pick(company.name),
      roles: f.list(roles.map((role) => t(`role.${role}`))),
    })
}

/** Who wrote these values of a document, by client and clock; undefined while the engine is asked or does not know yet. */
export function useWritten(artifact: string, held: readonly Held[]): (one: Held) => WrittenView | undefined {
  const items = held.map(({ client, clock }) => ({ client, clock }))
  const found = useQuery({
    ...useOrpc().documents.written.queryOptions({ input: { artifact, items } }),
    enabled: items.length > 0,
  })
  return ({ client, clock }) => found.data?.find((one) => one.client === client && one.clock === clock)
}
