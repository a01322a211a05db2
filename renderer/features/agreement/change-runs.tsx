import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { termText } from '#shared/agreement/term-text.ts'
import { diffWords } from '#shared/agreement/word-diff.ts'
import type { Standing } from '#shared/agreement/proposed-change.ts'
import type { ProposedChange, Wording } from '#shared/artifacts/negotiation-event.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import classes from './redline.module.css'
import { BothLanguages } from './runs.tsx'
import { useSubjectName } from './subject-name.ts'

type Both = { readonly en: Wording; readonly ar: Wording }
const EMPTY: Both = { en: { heading: '', text: '' }, ar: { heading: '', text: '' } }

/** From one wording to another in both languages. */
export function WordingRuns({ before, after }: { readonly before: Both; readonly after: Both }) {
  const runs = (part: keyof Wording) => ({
    en: diffWords(before.en[part], after.en[part]),
    ar: diffWords(before.ar[part], after.ar[part]),
  })
  return <BothLanguages texts={[{ ...runs('heading'), heading: true }, runs('text')]} />
}

/** What a proposed change would do to `standing`: what stands at its place, or stood there. */
export function ChangeRuns({ change, standing }: { readonly change: ProposedChange; readonly standing: Standing }) {
  if (change.kind === 'term') return <TermRuns term={change.term} before={standing} after={change.value} />
  if (change.kind === 'move') return <MoveRuns before={standing} after={change.after ?? ''} />
  const before = typeof standing === 'object' && standing !== null ? standing : EMPTY
  if (change.kind === 'remove') return <WordingRuns before={before} after={EMPTY} />
  return <WordingRuns before={before} after={{ en: change.en ?? before.en, ar: change.ar ?? before.ar }} />
}

function MoveRuns({ before, after }: { readonly before: Standing; readonly after: string }) {
  const { place } = useSubjectName()
  return (
    <Group gap="xs" className={classes['text'] ?? ''}>
      {typeof before === 'string' ? (
        <Text component="del" fz="sm">
          <bdi>{place(before)}</bdi>
        </Text>
      ) : null}
      <Text component="ins" fz="sm" fw={600}>
        <bdi>{place(after)}</bdi>
      </Text>
    </Group>
  )
}

function TermRuns(props: { readonly term: string; readonly before: Standing; readonly after: number | string }) {
  const { t } = useTranslation('agreement')
  const { pick } = useLocale()
  const { kind } = useDesk()
  const spec = kind.terms[props.term]
  const said = (value: Standing): string => {
    if (value === null || typeof value === 'object') return t('terms.none')
    return spec ? pick(termText(spec, value)) : String(value)
  }
  return (
    <Group gap="xs" className={classes['text'] ?? ''}>
      <Text component="del" fz="sm">
        <bdi>{said(props.before)}</bdi>
      </Text>
      <Text component="ins" fz="sm" fw={600}>
        <bdi>{said(props.after)}</bdi>
      </Text>
    </Group>
  )
}
