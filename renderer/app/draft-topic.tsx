import { Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { DraftBoth, DraftProse, DraftRemove, useDraft, type Row } from './draft-field.tsx'

/** What every topic says in both languages: title, question, expected benefits; beside them what else the protocol asks for. */
export function DraftTopic({ row, children }: { readonly row: Row | null; readonly children?: ReactNode }) {
  const place = { set: 'topic', row }
  return (
    <>
      <DraftBoth {...place} field="title" />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DraftProse {...place} field="questionAr" language="ar" />
        <DraftProse {...place} field="questionEn" language="en" />
        <DraftProse {...place} field="benefitsAr" language="ar" />
        <DraftProse {...place} field="benefitsEn" language="en" />
        {children}
      </SimpleGrid>
    </>
  )
}

/** Documents that the topic is about, chosen among those of the channel. Nothing where there is none to name. */
export function DraftAffected(props: {
  readonly documents: readonly { readonly id: string; readonly type: string; readonly title: Bilingual }[]
  readonly rows: readonly { readonly id: string; readonly values: { readonly artifact: string | null } }[]
  readonly about?: string
}) {
  const { documents, rows, about } = props
  const { t } = useTranslation('common')
  const { pick } = useLocale()
  const { live } = useDraft()
  const named = rows.map(({ values }) => values.artifact)
  const free = documents.filter(({ id }) => !named.includes(id))
  if (free.length === 0 && rows.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label={t('affected.title')}>
      <div>
        <Text fw={600}>{t('affected.title')}</Text>
        {about ? (
          <Text fz="sm" c="dimmed">
            {about}
          </Text>
        ) : null}
      </div>
      {rows.map(({ id, values }) => {
        const document = documents.find((one) => one.id === values.artifact)
        const name = document ? pick(document.title) : t('affected.unknown')
        const type = document && artifactOf(document.type)
        return (
          <Group key={id} justify="space-between">
            <Text>
              <bdi>{name}</bdi>
              {type ? (
                <Text span c="dimmed" fz="sm">
                  {' · '}
                  {pick(type.label)}
                </Text>
              ) : null}
            </Text>
            <DraftRemove set="affected" id={id} name={t('affected.remove', { name })} />
          </Group>
        )
      })}
      {live.mayWrite && free.length > 0 ? (
        <Select
          label={t('affected.add')}
          searchable
          value={null}
          data={free.map(({ id, title }) => ({ value: id, label: pick(title) }))}
          onChange={(id) => void (id && live.add('affected', { artifact: id, order: `a${String(rows.length)}` }))}
        />
      ) : null}
    </Stack>
  )
}
