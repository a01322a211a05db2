import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CATEGORY_WORDS } from '#shared/artifacts/change-words.ts'
import type { ChangeTextView, MatterView } from '#shared/projection/change-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { Conditions } from './conditions.tsx'
import { GiveVerdict } from './give-verdict.tsx'

const COLOR = {
  waiting: 'gray', overdue: 'red', unproven: 'sand', crossed: 'red', settled: 'leaf', refused: 'red', open: 'amber',
} as const // prettier-ignore

/** Every matter with whose word counts on it, side by side, and our own verdict where it is ours to give. */
export function Matters({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  return (
    <section aria-label={t('matters.title')}>
      <Title order={2} mb="sm">
        {t('matters.title')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {text.matters.map((matter) => (
          <MatterCard key={matter.matter} text={text} matter={matter} />
        ))}
      </SimpleGrid>
    </section>
  )
}

function MatterCard({ text, matter }: { readonly text: ChangeTextView; readonly matter: MatterView }) {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  const author = useAuthorText()
  const [deciding, setDeciding] = useState(false)
  const { state, verdict, until, confirmed, own } = matter
  const name = t(`matter.${matter.matter}`)
  const said = verdict ? t(`said.${matter.matter}.${verdict.said as 'yes'}`) : ''
  return (
    <Paper component="section" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={3}>{name}</Title>
            <Text fz="sm" c="dimmed">
              {t('matters.decides', { side: t(`side.${matter.side}`), name: pick(matter.name) })}
              {own ? ` · ${t('matters.ours')}` : ''}
            </Text>
          </div>
          <Badge color={COLOR[state]} variant="light">
            {t(`state.${state}`)}
          </Badge>
        </Group>
        {verdict ? (
          <>
            <Text fw={600}>{confirmed ? t('said.feasibility.met') : said}</Text>
            {confirmed ? (
              <Text fz="sm" c="dimmed">
                {t('matters.first', { said })}
              </Text>
            ) : null}
            {verdict.category ? <Text fz="sm">{t('matters.because', { category: pick(CATEGORY_WORDS[verdict.category]) })}</Text> : null}
            {verdict.reason ? (
              <Said>{verdict.reason}</Said>
            ) : null}
            <Text fz="sm" c="dimmed">
              {author(verdict.by)} · <When at={verdict.at} withTime both={false} />
            </Text>
            {matter.conditions.length > 0 ? <Conditions text={text} matter={matter} /> : null}
            {confirmed ? (
              <Text fz="sm" c="dimmed">
                {t('conditions.confirmedBy', { name: author(confirmed.by) })} ·{' '}
                <When at={confirmed.at} withTime both={false} />
              </Text>
            ) : null}
          </>
        ) : (
          <Text c="dimmed">
            {t(state === 'overdue' ? 'matters.ranOut' : 'matters.until')} <When at={until} withTime both={false} />
          </Text>
        )}
        {matter.mayDecide ? (
          <Group justify="flex-end">
            <Button leftSection={<IconGavel size={18} aria-hidden="true" />} onClick={() => setDeciding(true)}>
              {t('verdict.action')}
            </Button>
          </Group>
        ) : null}
        {deciding ? <GiveVerdict text={text} matter={matter} onClose={() => setDeciding(false)} /> : null}
      </Stack>
    </Paper>
  )
} // prettier-ignore
