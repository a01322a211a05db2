import { Alert, Badge, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'

const COLOR = {
  deciding: 'sand', blocked: 'red', approvable: 'amber', signing: 'amber', approved: 'leaf', final: 'leaf', withdrawn: 'gray', void: 'gray',
  remitted: 'amber', ended: 'gray',
} as const // prettier-ignore

/** Where the change stands, what that means, and what is still missing for its approval. */
export function Standing({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  const { f } = useLocale()
  const author = useAuthorText()
  const { stage, lapsed, content, withdrawn, escalation, matters } = text
  const open = !lapsed && ['deciding', 'blocked', 'approvable', 'signing'].includes(stage)
  const shown = lapsed ? 'lapsed' : stage
  return (
    <Paper component="section" aria-label={t('stage.title')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>
            {content.topic.number} · {t('revision', { number: f.number(content.revision) })}
          </Title>
          <Badge color={lapsed ? 'gray' : COLOR[stage]} variant="light" size="lg">
            {t(`stage.${shown}`)}
          </Badge>
        </Group>
        <Text>{t(`meaning.${shown}`)}</Text>
        {open && matters.some(({ state }) => state !== 'settled') ? <Missing text={text} /> : null}
        {open && escalation ? <Alert color="amber">{t(`escalation.${escalation}`, { who: t(`arbiter.${content.policy.arbitration}`) })}</Alert> : null}
        {withdrawn ? (
          <Text fz="sm" dir="auto">
            {t('withdraw.said')} {withdrawn.reason}
          </Text>
        ) : null}
        <Text fz="sm" c="dimmed">
          {open ? (
            <>
              {t('signBy')} <When at={content.signBy} withTime both={false} />
              {' · '}
            </>
          ) : null}
          {t('loggedBy', { name: author(text.loggedBy) })} · <When at={text.loggedAt} withTime both={false} />
          {' · '}
          <HashBadge hash={text.hash} label={t('hash')} />
        </Text>
      </Stack>
    </Paper>
  )
} // prettier-ignore

/** What still has to happen before it can be signed, and by whom. */
function Missing({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  return (
    <div>
      <Group gap={6} mb={4}>
        <IconHourglass size={16} aria-hidden="true" />
        <Text fw={600}>{t('missing.title')}</Text>
      </Group>
      <List size="sm" spacing={2}>
        {text.matters.flatMap((one) => {
          if (one.state === 'settled') return []
          const open = one.conditions.filter(({ met }) => !met).length
          const code = one.state === 'open' && open === 0 ? 'confirm' : one.state
          const said = t(`missing.${code}`, { matter: t(`matter.${one.matter}`), name: pick(one.name), count: open })
          return <List.Item key={one.matter}>{said}</List.Item>
        })}
      </List>
    </div>
  )
}
