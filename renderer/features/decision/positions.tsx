import { Badge, Paper, Table, Text, Title } from '@mantine/core'
import { IconEye, IconHourglass, IconLock, IconQuestionMark } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CompanyStandView, RoundView } from '#shared/projection/decision-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Num, When } from '#ui/parts/values.tsx'

const LOOK = {
  waiting: { color: 'gray', Icon: IconHourglass },
  unproven: { color: 'amber', Icon: IconQuestionMark },
  sealed: { color: 'ink', Icon: IconLock },
  shown: { color: 'leaf', Icon: IconEye },
  'not-shown': { color: 'red', Icon: IconLock },
} as const

/** Every company's position beside the others', with what is still sealed or missing marked as such. */
export function Positions({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { options } = round.content
  return (
    <Paper component="section" aria-label={t('positions.title')}>
      <Title order={2} mb="sm">
        {t('positions.title')}
      </Title>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('positions.company')}</Table.Th>
              <Table.Th>{t('positions.state')}</Table.Th>
              {options.map(({ id, title }) => (
                <Table.Th key={id}>
                  <bdi>{pick(title)}</bdi>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {round.companies.map((one) => (
              <CompanyRow key={one.company} one={one} round={round} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}

function CompanyRow({ one, round }: { readonly one: CompanyStandView; readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick, f } = useLocale()
  const { color, Icon } = LOOK[one.state]
  const { position } = one
  const total = round.content.voters.reduce((sum, { weight }) => sum + weight, 0)
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>
          <bdi>{pick(one.name)}</bdi>
          {one.own ? ` (${t('positions.you')})` : ''}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('voters.share', { share: f.percent(one.weight / total, 1) })}
        </Text>
        {position?.rationale ? (
          <Text fz="sm" mt={4} dir="auto" maw="22rem">
            {position.rationale}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Badge color={color} variant="light" leftSection={<Icon size={12} aria-hidden="true" />}>
          {t(`state.${one.state}`)}
        </Badge>
        {one.by ? (
          <Text fz="xs" c="dimmed" mt={4}>
            {t('positions.approvedBy', { name: pick(one.by.person.name) })}
            {one.at === null ? null : (
              <>
                {' · '}
                <When at={one.at} withTime both={false} />
              </>
            )}
          </Text>
        ) : null}
        {one.own && one.state === 'sealed' ? (
          <Text fz="xs" c="dimmed">
            {t('positions.onlyYou')}
          </Text>
        ) : null}
      </Table.Td>
      {position && position.stance !== 'vote' ? (
        <Table.Td colSpan={round.content.options.length}>{t(`stance.${position.stance}Done`)}</Table.Td>
      ) : (
        round.content.options.map(({ id }) => {
          const said = position?.options.find(({ option }) => option === id)
          return (
            <Table.Td key={id}>
              <Num value={said ? said.score / 100 : null} />
              {said ? (
                <>
                  {' '}
                  <Badge size="xs" color={said.vote === 'yes' ? 'leaf' : 'red'} variant="light">
                    {t(`vote.${said.vote}`)}
                  </Badge>
                  {said.uncertainty > 0 ? (
                    <Text fz="xs" c="dimmed">
                      {t('approve.spread', { points: f.number(said.uncertainty / 100) })} ·{' '}
                      {t('approve.dissent', { count: said.dissent })}
                    </Text>
                  ) : null}
                  {said.objection ? (
                    <Text fz="sm" dir="auto" maw="18rem">
                      {said.objection}
                    </Text>
                  ) : null}
                </>
              ) : null}
            </Table.Td>
          )
        })
      )}
    </Table.Tr>
  )
}
