import { useTranslation } from 'react-i18next'
import type { ChangeFactView } from '#shared/projection/change-views.ts'
import { FactTrail } from '#ui/app/fact-trail.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** Every signed fact of the change in its order, those without effect with the reason. */
export function Trail() {
  const { t } = useTranslation('change')
  const { f } = useLocale()
  const { facts } = useDesk().change
  if (facts.length === 0) return null
  const named = ({ type, matter, said, revision }: ChangeFactView): string =>
    matter && said
      ? `${t(`matter.${matter}`)}: ${t(`said.${matter}.${said as 'yes'}`)}`
      : t(`fact.${type as 'change-logged'}`, { number: f.number(revision ?? 0) })
  return (
    <FactTrail
      title={t('trail.title')}
      facts={facts.map((fact) => ({
        ...fact,
        name: named(fact),
        refusal: fact.refusal && t(`refusal.${fact.refusal}`),
      }))}
    />
  )
}
