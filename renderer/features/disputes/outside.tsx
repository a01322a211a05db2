import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconBuildingBank, IconFileCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { When } from '#ui/parts/values.tsx'
import { FindingText } from './finding.tsx'
import { usePathWords } from './path-words.ts'
import { RecordAward } from './record-award.tsx'
import { Refer } from './refer.tsx'
import { WhyNot } from './why-not.tsx'

/** What happens before an institution or a court: the referral with its number, and the award that each company records. */
export function Outside({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const [open, setOpen] = useState<'refer' | 'award' | null>(null)
  const words = usePathWords()
  const { clock, content, referral, awards } = one
  const institution = words.fallback(content.path.fallback)
  if (clock.stage !== 'fallback' && !referral) return null
  const differ = new Set(awards.map(({ award, finding, terms }) => JSON.stringify([award, finding, terms]))).size > 1
  return (
    <Paper component="section" aria-label={t('refer.title')}>
      <Title order={2} mb="sm">
        {t('refer.title')}
      </Title>
      <Stack>
        {referral ? (
          <Referral referral={referral} institution={institution} />
        ) : (
          <Text>
            <bdi>{t('refer.about', { name: institution })}</bdi>
          </Text>
        )}
        {differ ? <Alert color="red">{t('award.differ')}</Alert> : null}
        {awards.map((award) => (
          <Award key={award.by.company.id} one={one} award={award} />
        ))}
        {one.open ? <Act one={one} onAct={setOpen} /> : null}
      </Stack>
      {open === 'refer' ? <Refer one={one} onClose={() => setOpen(null)} /> : null}
      {open === 'award' ? <RecordAward one={one} onClose={() => setOpen(null)} /> : null}
    </Paper>
  )
} // prettier-ignore

/** What can be done next, or why it cannot. Where our award is on record the page says above what it waits for. */
function Act({ one, onAct }: { readonly one: DisputeView; readonly onAct: (act: 'refer' | 'award') => void }) {
  const { t } = useTranslation('dispute')
  const { referral, closed } = one
  const why = referral ? closed.award : closed.refer
  if (referral && why === 'duplicate') return null
  return (
    <Group justify="flex-end">
      {why !== null ? (
        <WhyNot code={why} />
      ) : referral ? (
        <Button leftSection={<IconFileCertificate size={18} aria-hidden="true" />} onClick={() => onAct('award')}>
          {t('award.action')}
        </Button>
      ) : (
        <Button leftSection={<IconBuildingBank size={18} aria-hidden="true" />} onClick={() => onAct('refer')}>
          {t('refer.action')}
        </Button>
      )}
    </Group>
  )
}

function Referral({ referral, institution }: { readonly referral: NonNullable<DisputeView['referral']>; readonly institution: string }) {
  const { t } = useTranslation('dispute')
  const author = useAuthorText()
  return (
    <div>
      <KeyValue
        items={[
          [t('path.fallback.institution'), institution],
          [t('refer.reference'), referral.reference],
          referral.reason ? [t('refer.reason'), referral.reason] : null,
        ]}
      />
      <Text fz="sm" c="dimmed" mt={4}>
        {t('refer.by', { name: author(referral.by) })} · <When at={referral.at} withTime both={false} />
      </Text>
    </div>
  )
} // prettier-ignore

function Award({ one, award }: { readonly one: DisputeView; readonly award: DisputeView['awards'][number] }) {
  const { t } = useTranslation('dispute')
  const author = useAuthorText()
  return (
    <Paper component="article" withBorder p="md" aria-label={t('award.by', { name: author(award.by) })}>
      <Stack gap="xs">
        <FindingText one={one} finding={award.finding} terms={award.terms} />
        <Group gap="xs">
          <Badge variant="light" color="gray" tt="none">
            <bdi>{award.reference}</bdi>
          </Badge>
          <HashBadge hash={award.award} label={t('award.hash')} />
        </Group>
        <Text fz="sm" c="dimmed">
          {t('award.by', { name: author(award.by) })} · <When at={award.at} withTime both={false} />
        </Text>
      </Stack>
    </Paper>
  )
}
