import { Paper, Select, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SliceScreen } from '#shared/projection/forecast-views.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Receipts } from '#ui/parts/receipts.tsx'
import { RevisionDifference } from '#ui/parts/revision-diff.tsx'
import { When } from '#ui/parts/values.tsx'

export interface Compare {
  readonly compareWith: number | null
  readonly onCompare: (revision: number | null) => void
}
type Past = Pick<SliceScreen, 'artifact' | 'revisions' | 'diff' | 'receipts'>

/** Every revision with its hash, what it changed against another, and who proved to have opened it. */
export function History(props: Past & Compare) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const { revisions, diff } = props
  const others = revisions.filter(({ revision }) => revision !== props.artifact.revision)
  return (
    <Stack>
      <Paper>
        <Title order={2} mb="sm">
          {t('revisions')}
        </Title>
        <Table.ScrollContainer minWidth={520}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('revision')}</Table.Th>
                <Table.Th scope="col">{t('disclosedAt')}</Table.Th>
                <Table.Th scope="col">{t('by')}</Table.Th>
                <Table.Th scope="col">{t('fact.hash')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {revisions.map((one) => (
                <Table.Tr key={one.revision}>
                  <Table.Th scope="row" fw={500}>
                    {f.number(one.revision)}
                  </Table.Th>
                  <Table.Td>
                    <When at={one.disclosedAt} withTime both={false} />
                  </Table.Td>
                  <Table.Td>
                    <bdi>{one.by}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <HashBadge hash={one.sliceId} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      <Paper>
        <Stack>
          <Title order={2}>{t('difference')}</Title>
          {others.length === 0 ? (
            <Text c="dimmed">{t('oneRevision')}</Text>
          ) : (
            <Select
              label={t('compareWith')}
              w={260}
              allowDeselect={false}
              data={others.map(({ revision }) => ({
                value: String(revision),
                label: t('fact.revision', { number: f.number(revision) }),
              }))}
              value={diff ? String(diff.from === props.artifact.revision ? diff.to : diff.from) : null}
              onChange={(value) => props.onCompare(value === null ? null : Number(value))}
            />
          )}
          {diff ? <RevisionDifference diff={diff} /> : null}
        </Stack>
      </Paper>
      <Paper>
        <Title order={2} mb="sm">
          {t('receipts')}
        </Title>
        <Receipts receipts={props.receipts} />
      </Paper>
    </Stack>
  )
}
