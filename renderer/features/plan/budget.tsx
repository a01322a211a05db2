import { Alert, Badge, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { budgetOf, type CurrencyBudget } from '#shared/initiatives/budget.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import classes from './plan.module.css'
import { SetTable } from './set-table.tsx'

/** Who pays what: items, the sums per company in whole minor units, and whether the agreed shares come to the whole. */
export function BudgetSplit() {
  const { t } = useTranslation('plan')
  const { plan, recordName } = useDesk()
  const { currencies, unplaced } = budgetOf(plan)
  return (
    <Stack gap="xl">
      {currencies.map((budget) => (
        <Sums key={budget.currency} budget={budget} />
      ))}
      {unplaced.length > 0 ? (
        <Alert color="amber" variant="light">
          {t('budget.unplaced', { count: unplaced.length })}
        </Alert>
      ) : null}
      <SetTable
        set="budget"
        label={t('tab.budget')}
        columns={[
          { field: 'item', width: 220 },
          { field: 'party', width: 180 },
          { field: 'amount', width: 150 },
          { field: 'currency', width: 150 },
          { field: 'share', width: 130 },
        ]}
        nameOf={({ id }) => recordName('budget', id)}
        empty={t('budget.empty')}
        addLabel={t('budget.add')}
      />
    </Stack>
  )
}

function Sums({ budget }: { readonly budget: CurrencyBudget }) {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const { companyName } = useDesk()
  const { currency, total, parties, sharesComplete, sharesOff } = budget
  const money = (minor: number | null): string => (minor === null ? t('notComputable') : f.money(minor, currency))
  const share = (hundredths: number | null): string =>
    hundredths === null ? t('notComputable') : f.percent(hundredths / 10_000, 2)
  return (
    <Paper>
      <Title order={2} mb="sm">
        {t('budget.in', { currency: money(total) })}
      </Title>
      <Table className={classes.numbers} maw={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" style={{ textAlign: 'start' }}>
              {t('budget.company')}
            </Table.Th>
            <Table.Th scope="col">{t('budget.amount')}</Table.Th>
            <Table.Th scope="col">{t('budget.actual')}</Table.Th>
            <Table.Th scope="col">{t('budget.agreed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parties.map(({ party, amount, actualShare, agreedShare }) => (
            <Table.Tr key={party}>
              <Table.Th scope="row" fw={500}>
                <bdi>{companyName(party)}</bdi>
              </Table.Th>
              <Table.Td>{money(amount)}</Table.Td>
              <Table.Td>{share(actualShare)}</Table.Td>
              <Table.Td>{share(agreedShare)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text mt="sm" fz="sm">
        {sharesComplete === null ? (
          t('budget.sharesOpen')
        ) : (
          <Badge color={sharesComplete ? 'leaf' : 'red'} variant="light">
            {sharesComplete
              ? t('budget.sharesWhole')
              : t('budget.sharesOff', { share: f.percent((10_000 + (sharesOff ?? 0)) / 10_000, 2) })}
          </Badge>
        )}
      </Text>
    </Paper>
  )
}
