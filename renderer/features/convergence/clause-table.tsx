import { Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isBounded } from '#shared/agreement/clause-standing.ts'
import type { ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import type { OfferView, RequestView } from '#shared/projection/convergence-views.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Said } from '#ui/parts/said.tsx'
import classes from './clause-table.module.css'
import { RangeMark, useRangeText } from './range-mark.tsx'
import { useClauseText } from './value.tsx'

/** Each clause with the latest offer of either side, and beside it, for us alone, our range and whether the offers lie in it. */
export function ClauseTable({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { f, pick } = useLocale()
  const { content, offers, own } = request
  const latest = content.parties.map(({ company, name }) => ({
    company,
    title: company === own?.company ? t('table.ours') : t('table.theirs', { name: pick(name) }),
    offer: offers.filter(({ by }) => by.company.id === company).at(-1),
  }))
  return (
    <Paper component="section" aria-label={t('table.title')}>
      <Title order={2} mb="sm">
        {t('table.title')}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('table.clause')}</Table.Th>
              {latest.map(({ company, title, offer }) => (
                <Table.Th key={company}>
                  {title}
                  <Text fz="xs" c="dimmed">
                    {offer ? t('table.takenFrom', { round: f.number(offer.round) }) : t('table.noOffer')}
                  </Text>
                </Table.Th>
              ))}
              {own ? (
                <Table.Th className={classes.own ?? ''}>
                  <Group gap={6}>
                    {t('table.range')} <ClassBadge dataClass="private" size="xs" />
                  </Group>
                  <Text fz="xs" c="dimmed">
                    {t('table.rangeOnly')}
                  </Text>
                </Table.Th>
              ) : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {content.clauses.map((clause) => (
              <Table.Tr key={clause.id}>
                <Table.Th scope="row" fw={500}>
                  <bdi>{pick(clause.label)}</bdi>
                </Table.Th>
                {latest.map(({ company, offer }) => (
                  <Table.Td key={company}>
                    <OfferedValue clause={clause} offer={offer} own={own !== null} />
                  </Table.Td>
                ))}
                {own ? (
                  <Table.Td className={classes.own ?? ''}>
                    <OwnRange clause={clause} ranges={own.ranges} />
                  </Table.Td>
                ) : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}

function OfferedValue({ clause, offer, own }: { readonly clause: ConvergenceClause; readonly offer: OfferView | undefined; readonly own: boolean }) {
  const value = useClauseText()
  if (!offer) return <>—</>
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600} className="tabular">
        <bdi>{value(clause, offer.values[clause.id])}</bdi>
      </Text>
      {own ? <RangeMark standing={offer.standing[clause.id] ?? 'no-range'} /> : null}
    </Stack>
  )
} // prettier-ignore

function OwnRange({ clause, ranges }: { readonly clause: ConvergenceClause; readonly ranges: NonNullable<RequestView['own']>['ranges'] }) {
  const text = useRangeText()
  const range = ranges[clause.id]
  if (!isBounded(clause, range)) return <RangeMark standing="no-range" />
  return (
    <>
      {text(clause, range).map((line) => (
        <Text key={line} fz="sm">
          {line}
        </Text>
      ))}
      {range.note ? (
        <Said fz="xs" c="dimmed" maw="18rem">{range.note}</Said>
      ) : null}
    </>
  )
} // prettier-ignore
