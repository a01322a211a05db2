import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Share } from '#ui/parts/share.tsx'

/** What our roles' scores come to, with how far they are apart: of a hundred points, so that subjects compare at a look. */
export function ComputedScores(props: {
  readonly title: string
  readonly subjects: readonly { readonly id: string; readonly title: Bilingual }[]
  /** Points and how far they are apart, both in hundredths. */
  readonly computed: Readonly<Record<string, { readonly score: number; readonly uncertainty: number }>>
}) {
  const { title, subjects, computed } = props
  const { t } = useTranslation('decision')
  const { f, pick } = useLocale()
  return (
    <Paper component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <KeyValue
        items={subjects.map(({ id, title: name }) => {
          const one = computed[id]
          if (!one) return [pick(name), '—']
          const points = f.number(one.score / 100)
          const spread =
            one.uncertainty === 0 ? '' : ` ${t('approve.spread', { points: f.number(one.uncertainty / 100) })}`
          const said = `${points}${spread}`
          return [
            pick(name),
            <Stack key={id} gap={4}>
              <Text>
                <bdi>{said}</bdi>
              </Text>
              <Share of={one.score / MOST} label={`${pick(name)}: ${said}`} size="sm" />
            </Stack>,
          ]
        })}
      />
    </Paper>
  )
}

/** A hundred points, in hundredths. */
const MOST = 100 * 100
