import { Alert } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { optionScore } from '#shared/decisions/position.ts'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { RoleScores } from '#ui/app/role-scores.tsx'
import { Approval } from './approval.tsx'
import { useDesk } from './desk.tsx'

type Own = NonNullable<RoundView['own']>

/** What the own company's roles think, which nobody else sees, and the position that is made of it. */
export function OwnSide({ round, own }: { readonly round: RoundView; readonly own: Own }) {
  const { mayScore: open } = own
  return (
    <>
      <Scores round={round} own={own} mayChange={open} />
      {open && own.mayApprove ? <Approval key={round.hash} round={round} own={own} /> : null}
      {open && !own.mayApprove ? <NotYours /> : null}
    </>
  )
}

function NotYours() {
  const { t } = useTranslation('decision')
  return <Alert color="sand">{t('approve.notYours')}</Alert>
}

function Scores({ round, own, mayChange }: { readonly round: RoundView; readonly own: Own; readonly mayChange: boolean }) {
  const { t } = useTranslation('decision')
  const { decision } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc().decisions
  const removing = useMutation({ ...orpc.removeScores.mutationOptions(), onError: notify.refused })
  const saving = useMutation(orpc.saveScores.mutationOptions())
  const of = { artifact: decision.id, round: round.hash }
  return (
    <RoleScores
      scored={{
        of: { artifact: decision.id, text: round.hash },
        subjects: round.content.options,
        weights: round.content.policy.dimensions,
        nameOf: (name) => t(`dimensions.${name}`),
        save: (sheet, onSuccess) => saving.mutate({ ...of, ...sheet }, { onSuccess }),
        saving,
      }}
      scores={own.scores}
      scoreOf={(scores) => optionScore(round.content.policy.dimensions, scores)}
      about={t('score.about')}
      mayChange={mayChange}
      onRemove={(role) => removing.mutate({ ...of, role })}
    />
  )
} // prettier-ignore
