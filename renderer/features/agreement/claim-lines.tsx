import { Alert, Stack, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ClaimLine, ComputedClaim } from '#shared/agreement/claim.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** A calculation line by line: each figure, and the clause or measurement that it comes from. */
export function ClaimLines({ computed }: { readonly computed: ComputedClaim }) {
  const { t } = useTranslation('claims')
  const { f } = useLocale()
  const said = useSaid()
  return (
    <Stack gap="sm">
      {computed.wording === 'changed' ? (
        <Alert color="amber">{t('wording', { number: f.number(computed.clause) })}</Alert>
      ) : null}
      <Table.ScrollContainer minWidth={420}>
        <Table aria-label={t('calculation')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('line')}</Table.Th>
              <Table.Th ta="end">{t('figure')}</Table.Th>
              <Table.Th>{t('source')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {computed.lines.map((one, at) => (
              <Table.Tr key={`${one.name}/${one.about ?? ''}/${String(at)}`} fw={one.name === 'claim' ? 600 : 400}>
                <Table.Td>{said.name(one)}</Table.Td>
                <Table.Td ta="end">
                  <bdi>{said.value(one)}</bdi>
                </Table.Td>
                <Table.Td>
                  {one.source.of === 'clause'
                    ? t('from.clause', { number: f.number(one.source.number) })
                    : t(`from.${one.source.of}`)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  )
}

function useSaid() {
  const { t } = useTranslation('claims')
  const { f, pick } = useLocale()
  return {
    name: ({ name, about }: ClaimLine): string => {
      const plain = t(`lines.${name}`)
      if (about === undefined) return plain
      const [en = '', ar = '', from] = about.split('|')
      return from === undefined
        ? `${plain} · ${about}`
        : `${plain} · ${pick({ en, ar })} · ${t('fromQuantity', { quantity: f.number(Number(from)) })}`
    },
    value: ({ unit, value }: ClaimLine): string => {
      switch (unit) {
        case 'halalas':
          return f.money(value)
        case 'basis-points':
          return f.percent(value / 10_000, 2)
        case 'days':
          return t('days', { count: value })
        case 'hundredths':
          return f.number(value / 100)
        case 'instant':
          return f.date(value as Instant)
        case 'yes-no':
          return t(value === 1 ? 'yes' : 'no')
        case 'count':
          return f.number(value)
      }
    },
  }
}
