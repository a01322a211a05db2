import { Group, Paper, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareContents } from '#shared/standards/compare.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { ComparisonView } from './comparison.tsx'
import { useDesk } from './desk.tsx'

const DRAFT = 'draft'

/** Any two versions, or a version and the draft, beside each other. */
export function CompareVersions() {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const { released, content } = useDesk()
  const [from, setFrom] = useState(released.at(-1)?.version ?? DRAFT)
  const [to, setTo] = useState(DRAFT)
  const data = [
    ...released.map(({ version }) => ({ value: version, label: f.digits(version) })),
    { value: DRAFT, label: t('version.draft') },
  ]
  const contentOf = (version: string) => released.find((each) => each.version === version)?.content ?? content
  const [before, after] = [contentOf(from), contentOf(to)]
  return (
    <Paper withBorder>
      <Stack>
        <Group>
          <Select
            label={t('compare.from')}
            data={data}
            value={from}
            allowDeselect={false}
            onChange={(value) => setFrom(value ?? DRAFT)}
          />
          <Select
            label={t('compare.to')}
            data={data}
            value={to}
            allowDeselect={false}
            onChange={(value) => setTo(value ?? DRAFT)}
          />
        </Group>
        <ComparisonView before={before} after={after} changes={compareContents(before, after)} />
      </Stack>
    </Paper>
  )
}
