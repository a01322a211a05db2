import { Anchor, Box, Paper, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Said } from '#ui/parts/said.tsx'

/** What is disputed, with the way to it, and the issue as it was put. */
export function Subject({ one: { subject, issue } }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  return (
    <Paper component="section" aria-label={t('subject.title')}>
      <Title order={2} mb="sm">
        {t('subject.title')}
      </Title>
      <Box mb="sm">
        <Said>{issue}</Said>
      </Box>
      <KeyValue
        items={[
          [
            t(`kind.${subject.kind}`),
            subject.kind === 'delivery' || subject.kind === 'other' ? (
              pick(subject.title)
            ) : (
              <Anchor key="subject" href={hrefOf(to.document(subject.id))}>
                <bdi>{pick(subject.title)}</bdi>
              </Anchor>
            ),
          ],
          [t('subject.clause'), subject.clause || t('subject.whole')],
          subject.hash ? [t('subject.text'), <HashBadge key="hash" hash={subject.hash} label={t('subject.text')} />] : null,
        ]}
      />
    </Paper>
  )
} // prettier-ignore
