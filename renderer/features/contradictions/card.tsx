import { Anchor, Badge, Group, Paper, SimpleGrid, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { ContradictionPlace, ContradictionView } from '#shared/projection/contradiction-views.ts'
import { hrefOf } from '#ui/app/route.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Bidi } from '#ui/parts/values.tsx'
import { LeaveOrBring } from './leave-or-bring.tsx'
import { whereOf } from './where.ts'

const COLOUR = { high: 'red', medium: 'amber', low: 'gray' } as const

/** One contradiction: what is wrong in a sentence, and both places with what stands there. */
export function ContradictionCard({ one }: { readonly one: ContradictionView }) {
  const { t } = useTranslation('contradictions')
  const { pick } = useLocale()
  const [left, right] = one.places
  return (
    <Paper component="article" p="lg" aria-labelledby={`contradiction-${one.id}`}>
      <Stack gap="sm">
        <Group gap="xs">
          <Badge color={COLOUR[one.severity]} variant="light">
            {t('severityHint')}: {t(`severity.${one.severity}`)}
          </Badge>
          {one.draft ? (
            <Badge color="sand" variant="light">
              {t('draft')}
            </Badge>
          ) : null}
          {one.private ? (
            <Tooltip label={t('privateMeaning')} multiline maw={320}>
              <Badge color="ink" variant="light" leftSection={<IconLock size={13} aria-hidden="true" />}>
                {t('private')}
              </Badge>
            </Tooltip>
          ) : null}
          <Text fz="xs" c="dimmed">
            <Bidi>{one.rule}</Bidi>
          </Text>
        </Group>
        <Title order={2} fz="lg" id={`contradiction-${one.id}`}>
          <bdi>{pick(one.sentence)}</bdi>
        </Title>
        {one.private ? (
          <Text fz="sm" c="dimmed">
            {t('privateMeaning')}
          </Text>
        ) : null}
        <SimpleGrid cols={{ base: 1, md: 2 }} role="group" aria-label={t('places')}>
          <PlaceCard place={left} />
          <PlaceCard place={right} />
        </SimpleGrid>
        {one.more > 0 ? (
          <Text fz="sm" c="dimmed">
            {t('more', { count: one.more })}
          </Text>
        ) : null}
        <LeaveOrBring one={one} />
      </Stack>
    </Paper>
  )
}

function PlaceCard({ place }: { readonly place: ContradictionPlace }) {
  const { t } = useTranslation('contradictions')
  const { f, pick } = useLocale()
  const type = artifactOf(place.type)?.label
  return (
    <Paper p="md" radius="md" bg="var(--mithaq-ground)">
      <Stack gap={6}>
        <Text fz="sm" c="dimmed">
          {type ? pick(type) : ''} · <bdi>{pick(place.workspaceName)}</bdi>
        </Text>
        <Anchor href={hrefOf(whereOf(place))} fw={500}>
          <bdi>{pick(place.title)}</bdi>
        </Anchor>
        <Text fz="sm">
          <bdi>{pick(place.label)}</bdi>
        </Text>
        <Text fw={600} fz="lg" style={{ overflowWrap: 'anywhere' }} lineClamp={6}>
          <bdi>{pick(place.text)}</bdi>
        </Text>
        <Group gap="xs">
          <Badge color={place.standing === 'signed' ? 'leaf' : place.standing === 'draft' ? 'sand' : 'gray'} variant="light">
            {t(`standing.${place.standing}`)}
          </Badge>
          {place.version ? (
            <>
              <Text fz="xs" c="dimmed">
                {t('version', { version: f.number(place.version.number) })}
              </Text>
              <HashBadge hash={place.version.hash} />
            </>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  )
} // prettier-ignore
