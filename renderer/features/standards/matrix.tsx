import { Group, Paper, Stack, Table, Text, Title, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StandardContent } from '#shared/standards/content.ts'
import { isWaived, lastRuns, type Released } from '#shared/standards/facts.ts'
import { adoptionRate, passRate, passRateOfVersion } from '#shared/standards/rates.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { RateText } from './rate-text.tsx'

/** Tests of a version by company: passed, failed, waived, not run. Below, the rates that follow. */
export function Matrix({ release }: { readonly release: Released<StandardContent> }) {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const { view, waivers, inScope, partyName } = useDesk()
  const { version, content } = release
  const parties = view.parties.filter(({ id }) => inScope.includes(id))
  const runs = new Map(parties.map(({ id }) => [id, lastRuns(view.runs, id, release)]))
  return (
    <Paper>
      <Stack>
        <Group justify="space-between" align="flex-start">
          <Title order={2}>{t('matrix.title')}</Title>
          <Group gap="xl">
            <RateText
              label={t('rate.adoption')}
              rate={adoptionRate(version, inScope, view.adoptions)}
              counted="parties"
            />
            <RateText
              label={t('rate.conformance')}
              rate={passRateOfVersion(release, inScope, view.adoptions, view.runs)}
              counted="tests"
            />
          </Group>
        </Group>
        {content.tests.length === 0 ? null : (
          <Table.ScrollContainer minWidth={480}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('test.name')}</Table.Th>
                  {parties.map(({ id }) => (
                    <Table.Th key={id}>{partyName(id)}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {content.tests.map((test) => (
                  <Table.Tr key={test.id}>
                    <Table.Th scope="row" fw={500}>
                      <bdi>{pick(test.title) || t('test.unnamed')}</bdi>
                    </Table.Th>
                    {parties.map(({ id }) => {
                      const run = runs.get(id)?.get(test.id)
                      const waived = isWaived(waivers, { party: id, test: test.id, version, on: view.today })
                      const note = view.runs.findLast(
                        (one) => one.at === run?.at && one.test === test.id && one.party === id,
                      )?.note
                      return (
                        <Table.Td key={id}>
                          <Tooltip label={note ?? ''} disabled={!note}>
                            <div>
                              <StatusDot
                                tone={run ? (run.result === 'pass' ? 'good' : waived ? 'waiting' : 'bad') : 'off'}
                              >
                                {t(run ? `result.${run.result}` : 'result.none')}
                                {waived && run?.result !== 'pass' ? ` · ${t('result.waived')}` : ''}
                              </StatusDot>
                              {run ? (
                                <Text fz="xs" c="dimmed">
                                  <When at={run.at} both={false} />
                                </Text>
                              ) : null}
                            </div>
                          </Tooltip>
                        </Table.Td>
                      )
                    })}
                  </Table.Tr>
                ))}
              </Table.Tbody>
              <Table.Tfoot>
                <Table.Tr>
                  <Table.Th scope="row">{t('rate.conformance')}</Table.Th>
                  {parties.map(({ id }) => {
                    const { percent, counted, of } = passRate(release, id, view.runs)
                    return (
                      <Table.Td key={id} fw={600}>
                        {percent === null
                          ? t('rate.none')
                          : `${f.percent(percent / 100, 0)} (${t('rate.of', { counted: f.number(counted), of: f.number(of) })})`}
                      </Table.Td>
                    )
                  })}
                </Table.Tr>
              </Table.Tfoot>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Paper>
  )
}
