import { Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ReceiptView } from '#shared/projection/disclosure-views.ts'
import { useLocale } from './locale.ts'
import { When } from './values.tsx'

/** Signed proofs of opening. What is not here is not proof of anything, and the text says so. */
export function Receipts({ receipts }: { readonly receipts: readonly ReceiptView[] }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f, pick } = useLocale()
  return (
    <Stack gap="xs">
      {receipts.length === 0 ? (
        <Text>{t('receipts.none')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('receipts.who')}</Table.Th>
              <Table.Th scope="col">{t('receipts.revision')}</Table.Th>
              <Table.Th scope="col">{t('receipts.when')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {receipts.map((receipt, at) => (
              <Table.Tr key={at}>
                <Table.Td>
                  {pick(receipt.person)}
                  <Text fz="sm" c="dimmed">
                    {pick(receipt.company)}
                  </Text>
                </Table.Td>
                <Table.Td>{f.number(receipt.revision)}</Table.Td>
                <Table.Td>
                  <When at={receipt.openedAt} withTime />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Text fz="sm" c="dimmed">
        {t('receipts.note')}
      </Text>
    </Stack>
  )
}
