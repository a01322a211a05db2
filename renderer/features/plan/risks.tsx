import { Badge, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { bandOf, cellOf, riskMatrix, scoreOf } from '#shared/initiatives/risk.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import classes from './plan.module.css'
import { SetTable } from './set-table.tsx'

const RATINGS = [1, 2, 3, 4, 5] as const
const BAND = { low: 'leaf', medium: 'amber', high: 'red' } as const

/** Risks on the matrix of likelihood and impact, and as a list. */
export function Risks() {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const { plan, recordName } = useDesk()
  const { unrated } = riskMatrix(plan)
  return (
    <Stack gap="xl">
      {plan.risks.length > 0 ? (
        <Paper>
          <Title order={2} mb="sm">
            {t('risks.matrix')}
          </Title>
          <Matrix />
          {unrated.length > 0 ? (
            <Text fz="sm" c="dimmed" mt="sm">
              {t('risks.unrated', { count: unrated.length })}
            </Text>
          ) : null}
        </Paper>
      ) : null}
      <SetTable
        set="risks"
        label={t('tab.risks')}
        columns={[
          { field: 'text', width: 240 },
          { field: 'likelihood', width: 110 },
          { field: 'impact', width: 110 },
          { field: 'mitigation', width: 260 },
          { field: 'owner', width: 160 },
          { field: 'person', width: 140 },
          { field: 'status', width: 150 },
        ]}
        fresh={{ status: 'open' }}
        nameOf={({ id }) => recordName('risks', id)}
        empty={t('risks.empty')}
        addLabel={t('risks.add')}
        extra={{
          header: t('risks.score'),
          cell: ({ id }) => {
            const risk = plan.risks.find((one) => one.id === id)
            const score = risk ? scoreOf(risk) : null
            return score === null ? (
              <Text fz="sm" c="dimmed" pt={8}>
                {t('notComputable')}
              </Text>
            ) : (
              <Badge variant="light" color={BAND[bandOf(score)]} mt={8}>
                {f.number(score)} {t(`risks.band.${bandOf(score)}`)}
              </Badge>
            )
          },
        }}
      />
    </Stack>
  )
}

function Matrix() {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const { plan } = useDesk()
  const { cells } = riskMatrix(plan)
  return (
    <table className={classes.matrix}>
      <caption style={{ captionSide: 'bottom', fontSize: 12, textAlign: 'start', paddingBlockStart: 6 }}>
        {t('risks.axes')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('risks.likelihood')}</th>
          {RATINGS.map((impact) => (
            <th key={impact} scope="col">
              {t('risks.impact', { value: impact })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {RATINGS.toReversed().map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row">{f.number(likelihood)}</th>
            {RATINGS.map((impact) => {
              const here = cells.get(cellOf(likelihood, impact)) ?? []
              return (
                <td
                  key={impact}
                  data-band={bandOf(likelihood * impact)}
                  title={here.map(({ text }) => text ?? '').join('\n')}
                >
                  {here.length > 0 ? (
                    <Text fz="xs" lineClamp={2} fw={600}>
                      <bdi>{here.length === 1 ? (here[0]?.text ?? '') : t('risks.count', { count: here.length })}</bdi>
                    </Text>
                  ) : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
