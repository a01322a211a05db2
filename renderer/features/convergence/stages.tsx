import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import classes from './stages.module.css'

const STAGES = ['requested', 'offered', 'accepted', 'agreed', 'verified', 'finalized'] as const

/** The way from the request to the drafts, with where it stands; a negotiation that ended stopped where its last word left it. */
export function Stages({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation(['convergence', 'common'])
  const { offers, accepted, confirmed, stage } = request
  const last = confirmed ? 'agreed' : accepted ? 'accepted' : offers.length > 0 ? 'offered' : 'requested'
  const at = STAGES.indexOf(stage === 'terminated' ? last : stage)
  const goesOn = stage !== 'terminated'
  return (
    <ol className={classes.steps} aria-label={t('stage.title')}>
      {STAGES.map((one, number) => (
        <li
          key={one}
          className={classes.step}
          data-reached={number <= at || undefined}
          {...(goesOn && number === at ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`stage.${one}`)}
          {number < at ? <VisuallyHidden> ({t('stage.passed')})</VisuallyHidden> : null}
        </li>
      ))}
    </ol>
  )
}
