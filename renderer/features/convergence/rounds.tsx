import { Badge, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OfferView, RequestView } from '#shared/projection/convergence-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { useClauseText } from './value.tsx'

/** Both sides' offers side by side, a row for each round: values, reasons, and what was given for what. */
export function Rounds({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { f, pick } = useLocale()
  const { content, offers, own } = request
  const rounds = [...new Set(offers.map(({ round }) => round))].toSorted((left, right) => left - right)
  return (
    <Paper component="section" aria-label={t('rounds.title')}>
      <Title order={2} mb="sm">
        {t('rounds.title')}
      </Title>
      {rounds.length === 0 ? (
        <Text c="dimmed">{t('rounds.none')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="5rem">{t('rounds.round')}</Table.Th>
                {content.parties.map(({ company, name }) => (
                  <Table.Th key={company}>
                    <bdi>{pick(name)}</bdi>
                    {company === own?.company ? ` (${t('you')})` : ''}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rounds.map((round) => (
                <Table.Tr key={round} style={{ verticalAlign: 'top' }}>
                  <Table.Th scope="row">{f.number(round)}</Table.Th>
                  {content.parties.map(({ company }) => (
                    <Table.Td key={company}>
                      <Stack gap="lg">
                        {offers
                          .filter((one) => one.round === round && one.by.company.id === company)
                          .map((offer) => (
                            <Offer key={offer.id} offer={offer} request={request} />
                          ))}
                      </Stack>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}

function Offer({ offer, request }: { readonly offer: OfferView; readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const value = useClauseText()
  const { accepted, stands, by, at, rationale, tradeOffs } = offer
  const state = accepted ? 'accepted' : stands ? 'stands' : null
  return (
    <Stack gap={6} align="flex-start">
      {state ? (
        <Badge variant="light" color={accepted ? 'leaf' : 'amber'}>
          {t(`rounds.${state}`)}
        </Badge>
      ) : null}
      <div>
        {request.content.clauses.map((one) => (
          <Text key={one.id} fz="sm">
            <Text span c="dimmed" inherit>
              <bdi>{pick(one.label)}</bdi>:
            </Text>{' '}
            <Text span fw={600} inherit>
              <bdi>{value(one, offer.values[one.id])}</bdi>
            </Text>
          </Text>
        ))}
      </div>
      {rationale ? (
        <Said fz="sm" maw="26rem">
          {rationale}
        </Said>
      ) : null}
      {tradeOffs.map(({ given, received }, number) => (
        <Text key={number} fz="sm" maw="26rem">
          <b>{t('rounds.gave')}</b> <bdi>{given}</bdi> <b>{t('rounds.got')}</b> <bdi>{received}</bdi>
        </Text>
      ))}
      <Text fz="xs" c="dimmed">
        <bdi>{pick(by.person.name)}</bdi> · <When at={at} withTime both={false} />
      </Text>
    </Stack>
  )
}
