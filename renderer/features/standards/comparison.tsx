import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clauseDiff, type Comparison } from '#shared/standards/compare.ts'
import type { ClauseContent, StandardContent, TestContent } from '#shared/standards/content.ts'
import { bumpOf } from '#shared/standards/semantic-version.ts'
import type { DiffPart } from '#shared/standards/text-diff.ts'
import { useLocale } from '#ui/parts/locale.ts'
import classes from './text.module.css'

/** The change log that two versions themselves give: clauses and tests by their anchors, with the words that differ. */
export function ComparisonView({
  changes,
}: {
  readonly before: StandardContent
  readonly after: StandardContent
  readonly changes: Comparison
}) {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const name = ({ number, heading }: ClauseContent) => (
    <>
      <bdi>{f.digits(number)}</bdi> <bdi>{pick(heading) || t('clause.unnamed')}</bdi>
    </>
  )
  const testName = ({ title }: TestContent) => <bdi>{pick(title) || t('test.unnamed')}</bdi>
  const lines: readonly (readonly [key: string, color: string, what: string, body: ReactNode])[] = [
    ...changes.removed.map((one) => [`r${one.id}`, 'red', t('change.removed'), name(one)] as const),
    ...changes.added.map((one) => [`a${one.id}`, 'leaf', t('change.added'), name(one)] as const),
    ...changes.moved.map(
      ({ before, after }) =>
        [
          `m${after.id}`,
          'gray',
          t('change.moved'),
          <>
            {name(after)}{' '}
            <Text span fz="sm" c="dimmed">
              {t('change.was', { number: f.digits(before.number) })}
            </Text>
          </>,
        ] as const,
    ),
    ...changes.changed.map(
      (one) =>
        [
          `c${one.after.id}`,
          'amber',
          t(one.words ? 'change.words' : one.standing ? 'change.standing' : 'change.looks'),
          <Stack key="body" gap={4}>
            <span>{name(one.after)}</span>
            {one.words ? (
              <>
                <Words change={one} language="en" />
                <Words change={one} language="ar" />
              </>
            ) : null}
          </Stack>,
        ] as const,
    ),
    ...changes.removedTests.map((one) => [`tr${one.id}`, 'red', t('change.testRemoved'), testName(one)] as const),
    ...changes.addedTests.map((one) => [`ta${one.id}`, 'leaf', t('change.testAdded'), testName(one)] as const),
    ...changes.changedTests.map(
      ({ after, stricter }) =>
        [
          `tc${after.id}`,
          'amber',
          t(stricter ? 'change.testStricter' : 'change.testChanged'),
          testName(after),
        ] as const,
    ),
  ]
  if (lines.length === 0) return <Text c="dimmed">{t('change.none')}</Text>
  return (
    <Stack gap="xs">
      <Text fz="sm" c="dimmed">
        {t('change.needs', { bump: t(`bump.${bumpOf(changes)}`) })}
      </Text>
      {lines.map(([key, color, what, body]) => (
        <Group key={key} gap="sm" align="flex-start" wrap="nowrap">
          <Badge variant="light" color={color} style={{ flex: 'none' }}>
            {what}
          </Badge>
          <div style={{ minWidth: 0 }}>{body}</div>
        </Group>
      ))}
    </Stack>
  )
}

function Words({
  change,
  language,
}: {
  readonly change: Pick<Comparison['changed'][number], 'before' | 'after'>
  readonly language: 'en' | 'ar'
}) {
  const { heading, text } = clauseDiff(change, language)
  const differs = (parts: readonly DiffPart[]): boolean => parts.some(({ kind }) => kind !== 'same')
  if (!differs(heading) && !differs(text)) return null
  return (
    <div lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'} className={classes['text']}>
      {differs(heading) ? <Diff parts={heading} /> : null}
      {differs(text) ? <Diff parts={text} /> : null}
    </div>
  )
}

/** Far from a change the text is cut: what differs has to be seen. */
const AROUND = 80

const Diff = ({ parts }: { readonly parts: readonly DiffPart[] }) => (
  <Text fz="sm" style={{ whiteSpace: 'pre-wrap' }}>
    {parts.map(({ kind, text }, at) => {
      if (kind === 'added') return <ins key={at}>{text}</ins>
      if (kind === 'removed') return <del key={at}>{text}</del>
      return <span key={at}>{shortened(text, at === 0, at === parts.length - 1)}</span>
    })}
  </Text>
)

function shortened(text: string, first: boolean, last: boolean): string {
  if (text.length <= AROUND * 2) return text
  const [start, end] = [text.slice(0, AROUND), text.slice(-AROUND)]
  if (first) return `…${end}`
  return last ? `${start}…` : `${start}…${end}`
}
