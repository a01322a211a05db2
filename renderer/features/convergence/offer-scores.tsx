import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PARTNERSHIP_WEIGHTS } from '#shared/artifacts/convergence-content.ts'
import { optionScore } from '#shared/decisions/position.ts'
import type { OfferScoresView } from '#shared/projection/convergence-views.ts'
import { ComputedScores } from '#ui/app/computed-scores.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { RoleScores } from '#ui/app/role-scores.tsx'
import { useDesk } from './desk.tsx'

/** What our roles think of the offers that stand, and of having no agreement: for our own eyes. */
export function OfferScores({ scoring }: { readonly scoring: OfferScoresView }) {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc().convergence
  const removing = useMutation({ ...orpc.removeScores.mutationOptions(), onError: notify.refused })
  const saving = useMutation(orpc.saveScores.mutationOptions())
  const { text, subjects, scores, computed, open } = scoring
  const of = { artifact: negotiation.id, text }
  return (
    <>
      <RoleScores
        scored={{
          of,
          subjects,
          weights: PARTNERSHIP_WEIGHTS,
          nameOf: (name) => t(`dimensions.${name}`),
          save: (sheet, onSuccess) => saving.mutate({ ...of, ...sheet }, { onSuccess }),
          saving,
        }}
        scores={scores}
        scoreOf={(one) => optionScore(PARTNERSHIP_WEIGHTS, one)}
        about={t('scores.about')}
        mayChange={open}
        onRemove={(role) => removing.mutate({ ...of, role })}
      />
      {scores.length > 0 ? (
        <ComputedScores title={t('scores.computed')} subjects={subjects} computed={computed} />
      ) : null}
    </>
  )
}
