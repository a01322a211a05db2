import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Said } from '#ui/parts/said.tsx'

/** What is negotiated, as it was frozen: the question, its benefits, the documents it is about. */
export function Question({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation(['convergence', 'common'])
  const { f, pick } = useLocale()
  const { question, benefits, affected } = request.content.topic
  return (
    <Paper component="section" aria-label={t('topic.question')}>
      <Title order={2} mb="xs">
        {t('topic.question')}
      </Title>
      <Said>{pick(question)}</Said>
      {pick(benefits) ? (
        <>
          <Text fw={600} mt="md">
            {t('topic.benefits')}
          </Text>
          <Said>{pick(benefits)}</Said>
        </>
      ) : null}
      {affected.length > 0 ? (
        <Text fz="sm" c="dimmed" mt="md">
          {t('common:affected.title')}: {f.list(affected.map(({ title }) => pick(title)))}
        </Text>
      ) : null}
    </Paper>
  )
}
