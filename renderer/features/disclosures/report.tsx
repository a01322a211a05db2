import { Alert, Badge, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PreviewView } from '#shared/projection/disclosure-views.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Share } from '#ui/parts/share.tsx'
import { useCellText, useTransformWords } from '#ui/parts/slice-words.ts'
import { RoleNames } from '#ui/parts/values.tsx'
import { useWords } from '#ui/parts/words.ts'
import { Dominated, Missing } from './withheld.tsx'

/** What the owner alone is told about the slice: it counts what the partner may not know. */
export function Report({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f } = useLocale()
  const { report } = view
  return (
    <Stack>
      <Held view={view} />
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Paper>
          <Title order={3} mb="xs">
            {t('report.rows')}
          </Title>
          <Line name={t('report.read')} value={f.number(report.rowsRead)} />
          <Line name={t('report.selected')} value={f.number(report.rowsSelected)} />
          <Line name={t('report.excluded')} value={f.number(report.rowsExcluded)} />
          {report.rowsWithheld > 0 ? <Line name={t('report.withheld')} value={f.number(report.rowsWithheld)} /> : null}
        </Paper>
        <Paper>
          <Title order={3} mb="xs">
            {t('report.groups')}
          </Title>
          <GroupSizes view={view} />
        </Paper>
        <Paper>
          <Title order={3} mb="xs">
            {t('report.cells')}
          </Title>
          <Line name={t('report.shown')} value={f.number(report.cells.shown)} />
          <Line name={t('report.belowK', { k: f.number(view.slice.k) })} value={f.number(report.cells.belowK)} />
          <Line name={t('report.complementary')} value={f.number(report.cells.complementary)} />
          {report.smallestShown === null ? null : (
            <Line name={t('report.smallest')} value={f.number(report.smallestShown)} />
          )}
        </Paper>
      </SimpleGrid>
      <Visible view={view} />
      <Classes view={view} />
      {report.suppressed.length > 0 ? <Missing view={view} /> : null}
      {report.dominated.length > 0 ? <Dominated view={view} /> : null}
    </Stack>
  )
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" py={3}>
      <Text fz="sm" c="dimmed">
        {name}
      </Text>
      <Text fz="sm" className="tabular" fw={500}>
        {value}
      </Text>
    </Group>
  )
}

function GroupSizes({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation('disclosures')
  const { f } = useLocale()
  const sizes = view.report.groupSizes.filter(({ cells }) => cells > 0)
  const all = sizes.reduce((sum, { cells }) => sum + cells, 0)
  return (
    <Stack gap={6}>
      {sizes.map(({ from, to, cells }) => {
        const name =
          to === null
            ? t('report.sizeFrom', { from: f.number(from) })
            : t('report.size', { from: f.number(from), to: f.number(to) })
        return (
          <div key={from}>
            <Group justify="space-between" wrap="nowrap">
              <Text fz="xs">{name}</Text>
              <Text fz="xs" className="tabular">
                {f.number(cells)}
              </Text>
            </Group>
            <Share
              size="sm"
              label={name}
              of={all === 0 ? 0 : cells / all}
              color={to !== null && to < view.slice.k ? 'amber' : 'ink'}
            />
          </div>
        )
      })}
    </Stack>
  )
}

/** What the differencing check holds until a person says yes. */
function Held({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation('disclosures')
  const { f } = useLocale()
  const words = useWords('policy')
  const text = useCellText()
  if (view.held.length === 0) return null
  return (
    <Alert
      color="amber"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t('held.title', { count: view.held.length })}
    >
      <Stack gap="xs">
        <Text fz="sm">{t('held.text')}</Text>
        {view.held.slice(0, 12).map((cell, at) => (
          <Text key={at} fz="sm">
            <b>{cell.group.map((value) => text(value)).join(' · ') || t('diff.all')}</b>: {words(`held.${cell.why}`)}
            {cell.why === 'isolates' ? ` (${t('held.entities', { count: cell.entities })})` : ''},{' '}
            {t('held.against', { number: f.number(cell.against.revision) })}
          </Text>
        ))}
        {view.held.length > 12 ? <Text fz="sm">{t('held.more', { count: view.held.length - 12 })}</Text> : null}
      </Stack>
    </Alert>
  )
}

function Visible({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation('disclosures')
  const { f } = useLocale()
  const text = useCellText()
  const transform = useTransformWords()
  const seen = view.newlyVisible
  const named = (label: string) => {
    const at = label.lastIndexOf(' · ')
    return at < 0 ? label : `${label.slice(0, at)} (${transform(label.slice(at + 3))})`
  }
  const nothing =
    !seen.all && seen.roles.length + seen.columns.length + seen.groupValues.length + seen.cells.length + seen.rows === 0
  return (
    <Paper>
      <Title order={3} mb="xs">
        {t('visible.title')}
      </Title>
      <Stack gap={6}>
        {seen.all ? <Text fz="sm">{t('visible.all')}</Text> : null}
        {nothing ? <Text fz="sm">{t('visible.nothing')}</Text> : null}
        {seen.roles.length > 0 ? (
          <Text fz="sm">
            {t('visible.roles')} <RoleNames roles={seen.roles} />
          </Text>
        ) : null}
        {seen.columns.length > 0 ? (
          <Text fz="sm">{t('visible.columns', { names: f.list(seen.columns.map(named)) })}</Text>
        ) : null}
        {seen.groupValues.map(({ column, values }) => (
          <Text key={column} fz="sm">
            <bdi>{column}</bdi>:{' '}
            {values
              .slice(0, 12)
              .map((value) => text(value))
              .join(f.dir === 'rtl' ? '، ' : ', ')}
            {values.length > 12 ? ` ${t('visible.more', { count: values.length - 12 })}` : ''}
          </Text>
        ))}
        {seen.cells.length > 0 ? <Text fz="sm">{t('visible.cells', { count: seen.cells.length })}</Text> : null}
        {seen.rows > 0 ? <Text fz="sm">{t('visible.rows', { count: seen.rows })}</Text> : null}
      </Stack>
    </Paper>
  )
}

function Classes({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation(['disclosures', 'privacy'])
  const { f } = useLocale()
  const words = useWords('policy')
  const transform = useTransformWords()
  const { classChanges, findings } = view.report
  const { privacy } = view
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Paper>
        <Title order={3} mb="xs">
          {t('report.classes')}
        </Title>
        {classChanges.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('report.noClasses')}
          </Text>
        ) : (
          <Table fz="sm">
            <Table.Tbody>
              {classChanges.map((one) => (
                <Table.Tr key={`${one.column}:${one.transform}`}>
                  <Table.Th scope="row" fw={500}>
                    <bdi>{one.column}</bdi>
                    <Text fz="xs" c="dimmed">
                      {transform(one.transform)}
                    </Text>
                  </Table.Th>
                  <Table.Td>
                    <Group gap={6}>
                      <ClassBadge dataClass={one.from} />
                      <span>{t('report.becomes')}</span>
                      <ClassBadge dataClass={one.to} />
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Paper>
      <Paper>
        <Title order={3} mb="xs">
          {t('report.pii')}
        </Title>
        {findings.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {privacy.personal ? t('report.noPii') : t('privacy:found.none')}
          </Text>
        ) : (
          findings.map((one, at) => (
            <Group key={at} gap="xs">
              <Badge variant="light" color="amber">
                {words(`pii.${one.kind}`)}
              </Badge>
              <Text fz="sm">
                <bdi>{one.column}</bdi> · {words(`certainty.${one.certainty}`)} ·{' '}
                {t('report.values', { count: one.values })}
                {one.clause ? ` · ${one.clause}` : ''}
              </Text>
            </Group>
          ))
        )}
        {privacy.personal ? (
          <Text fz="sm" mt="xs">
            {t('privacy:found.some', {
              tags: f.list(privacy.tagged) || t('privacy:found.noTags'),
              scanned: privacy.scanned,
            })}{' '}
            {privacy.ground ? t('privacy:found.ground', { basis: t(`privacy:basis.${privacy.ground.basis}`) }) : null}
          </Text>
        ) : null}
      </Paper>
    </SimpleGrid>
  )
}
