import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconMessageReply, IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputePositionView, DisputeView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { Answer } from './answer.tsx'
import { WhyNot } from './why-not.tsx'

/** What each party holds, side by side; ours can be given here. */
export function Positions({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  return (
    <section aria-label={t('positions.title')}>
      <Title order={2} mb="sm">
        {t('positions.title')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {one.positions.map((position) => (
          <Position key={position.company} one={one} position={position} />
        ))}
      </SimpleGrid>
    </section>
  )
}

function Position({ one, position }: { readonly one: DisputeView; readonly position: DisputePositionView }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const author = useAuthorText()
  const [answering, setAnswering] = useState(false)
  const name = pick(position.name)
  const { opener, own, position: said, path, signed } = position
  const mayAnswer = own && one.closed.answer === null
  const mayAccept = own && path === 'declined' && one.closed['accept-path'] === null
  return (
    <Paper component="section" aria-label={t('positions.of', { name })}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" align="flex-start">
          <Title order={3}>
            <bdi>{name}</bdi>
          </Title>
          {opener ? (
            <Badge variant="light" color="gray">
              {t('positions.opener')}
            </Badge>
          ) : path ? (
            <Badge variant="light" color={path === 'accepted' ? 'leaf' : 'amber'}>
              {t(`positions.${path}`)}
            </Badge>
          ) : null}
        </Group>
        {said === null ? (
          <Text c="dimmed">{t(one.open ? 'positions.none' : 'positions.never')}</Text>
        ) : (
          <Said>{said}</Said>
        )}
        {opener ? (
          <Text fz="sm" c="dimmed">
            {t('positions.asks')}
          </Text>
        ) : null}
        {signed ? (
          <Text fz="sm" c="dimmed" mt="auto">
            {author(signed.by)} · <When at={signed.at} withTime both={false} />
          </Text>
        ) : null}
        {mayAnswer ? (
          <Group justify="flex-end">
            <Button leftSection={<IconMessageReply size={18} aria-hidden="true" />} onClick={() => setAnswering(true)}>
              {t('answer.action')}
            </Button>
          </Group>
        ) : null}
        {mayAccept ? (
          <Group justify="flex-end">
            <Button variant="default" leftSection={<IconRoute size={18} aria-hidden="true" />} onClick={() => setAnswering(true)}>
              {t('answer.acceptPath')}
            </Button>
          </Group>
        ) : null}
        {own && !opener && said === null && one.open && one.closed.answer !== null ? <WhyNot code={one.closed.answer} /> : null}
      </Stack>
      {answering ? <Answer one={one} before={said} onClose={() => setAnswering(false)} /> : null}
    </Paper>
  )
} // prettier-ignore
