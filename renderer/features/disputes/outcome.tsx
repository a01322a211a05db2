import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { FindingText } from './finding.tsx'

/** How it ended, by whose words, and with which reasons. */
export function Outcome({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const author = useAuthorText()
  const { outcome } = one
  if (!outcome) return null
  const ruled = outcome.level === null ? [] : (one.levels[outcome.level]?.arbitrators ?? [])
  const reasons = ruled.flatMap(({ ruling }) => (ruling ? [ruling] : []))
  return (
    <Paper component="section" aria-label={t('outcome.title')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('outcome.title')}</Title>
          <Badge color="leaf" size="lg">
            {t(`outcome.kind.${outcome.kind}`)}
          </Badge>
        </Group>
        <FindingText one={one} finding={outcome.finding} terms={outcome.terms} />
        {reasons.map((ruling) => (
          <div key={ruling.by.company.id}>
            <Text fz="sm" c="dimmed">
              {t('outcome.rationale', { name: author(ruling.by) })}
            </Text>
            <Said>{ruling.rationale}</Said>
          </div>
        ))}
        <Text fz="sm" c="dimmed">
          <When at={outcome.at} withTime both={false} /> · {outcome.words.map(({ by }) => author(by)).join(' · ')} ·{' '}
          <HashBadge hash={outcome.hash} label={t(`outcome.hash.${outcome.kind}`)} />
        </Text>
      </Stack>
    </Paper>
  )
}
