import { Alert, Badge, Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Share } from '#ui/parts/share.tsx'
import { Num } from '#ui/parts/values.tsx'

/** What comes of the positions that are in, by the rule of the round: each option against the score that it needs. */
export function Ballot({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick, f } = useLocale()
  const tally = round.closing?.tally ?? round.tally
  const { policy, options } = round.content
  const share = (weight: number): string => f.percent(tally.eligible === 0 ? 0 : weight / tally.eligible, 1)
  const winner = options.find(({ id }) => id === tally.option)
  const counted = round.closing !== null
  if (!counted && tally.voting === 0) return null
  return (
    <Paper component="section" aria-label={t('ballot.title')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t(counted ? 'ballot.result' : 'ballot.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('ballot.present', { share: share(tally.present), needed: f.percent(policy.quorum / 100, 0) })}
        </Text>
      </Group>
      <Alert color={winner ? 'leaf' : counted ? 'red' : 'sand'} mb="md">
        {winner
          ? t(counted ? 'ballot.decided' : 'ballot.would', { option: pick(winner.title) })
          : t(counted ? `ballot.no.${tally.reason ?? 'threshold'}` : 'ballot.notYet')}
      </Alert>
      <Stack gap="md">
        {options.map((option) => {
          const one = tally.options.find((each) => each.option === option.id)
          const score = one?.score ?? null
          return (
            <div key={option.id}>
              <Group justify="space-between" mb={4}>
                <Text fw={500}>
                  <bdi>{pick(option.title)}</bdi>
                </Text>
                <Group gap="sm">
                  {one?.obstacles.map((obstacle) => (
                    <Badge key={obstacle} color="red" variant="light" size="sm">
                      {t(`obstacle.${obstacle}`)}
                    </Badge>
                  ))}
                  <Text className="tabular">
                    <Num value={score === null ? null : score / 100} />
                  </Text>
                </Group>
              </Group>
              <Box pos="relative">
                <Share
                  of={(score ?? 0) / 10_000}
                  color={one?.obstacles.length === 0 ? 'leaf' : 'sand'}
                  size="lg"
                  label={pick(option.title)}
                />
                {policy.kind === 'consent' ? null : (
                  <Box
                    pos="absolute"
                    top={-3}
                    bottom={-3}
                    w={2}
                    bg="var(--mantine-color-text)"
                    style={{ insetInlineStart: `${String(policy.threshold)}%` }}
                    aria-hidden="true"
                  />
                )}
              </Box>
              <Text fz="xs" c="dimmed" mt={2}>
                {t('ballot.yes', { share: share(one?.yes ?? 0) })}
                {policy.kind === 'consent' ? '' : ` · ${t('ballot.needs', { points: f.number(policy.threshold) })}`}
              </Text>
            </div>
          )
        })}
      </Stack>
      {round.closing && round.closing.outside > 0 ? (
        <Alert color="amber" mt="md">
          {t('ballot.outside', { count: round.closing.outside })}
        </Alert>
      ) : null}
    </Paper>
  )
}
