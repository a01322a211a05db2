import { Anchor, Badge, Button, Paper, Table, Text } from '@mantine/core'
import { IconEye, IconFileCertificate, IconPlus, IconShare2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { STANDING_TONE } from '#ui/parts/reciprocity-panel.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'
import { consentsRoute } from './consents-route.ts'

export const TONE = { current: 'good', stale: 'waiting', expired: 'off', withdrawn: 'off' } as const

/** Everything that was let out, and whether it is still to be relied on. */
export function DisclosureList() {
  const { t } = useTranslation(['disclosures', 'common', 'reciprocity', 'privacy'])
  const { f, pick } = useLocale()
  const list = useQuery(useOrpc().disclosures.list.queryOptions())
  if (list.error) return <RefusalAlert refusal={refusalOf(list.error)} />
  if (!list.data) return <Loading />
  const making = (
    <Button component="a" href={hrefOf(to.newDisclosure())} leftSection={<IconPlus size={18} aria-hidden="true" />}>
      {t('common:action.newDisclosure')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('common:area.disclosures')}
        lead={t('lead')}
        actions={
          <>
            <Button
              component="a"
              variant="default"
              href={hrefOf(to.seeAs())}
              leftSection={<IconEye size={18} aria-hidden="true" />}
            >
              {t('common:action.seeAs')}
            </Button>
            <Button
              component="a"
              variant="default"
              href={hrefOf(consentsRoute)}
              leftSection={<IconFileCertificate size={18} aria-hidden="true" />}
            >
              {t('privacy:consents')}
            </Button>
            {list.data.length > 0 ? making : null}
          </>
        }
      />
      {list.data.length === 0 ? (
        <Paper>
          <EmptyState
            icon={<IconShare2 aria-hidden="true" />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={making}
          />
        </Paper>
      ) : (
        <Paper p={0}>
          <Table.ScrollContainer minWidth={860}>
            <Table verticalSpacing="sm" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('column.title')}</Table.Th>
                  <Table.Th scope="col">{t('column.state')}</Table.Th>
                  <Table.Th scope="col">{t('column.revision')}</Table.Th>
                  <Table.Th scope="col">{t('column.receipts')}</Table.Th>
                  <Table.Th scope="col">{t('column.expires')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.data.map((one) => (
                  <Table.Tr key={one.artifact}>
                    <Table.Td>
                      <Anchor href={hrefOf(to.disclosure(one.artifact))} fw={600}>
                        {pick(one.title)}
                      </Anchor>
                      <Text fz="sm" c="dimmed">
                        {pick(one.workspaceName)} · <RoleNames roles={one.roles} />
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <StatusDot tone={TONE[one.state]}>{t(`state.${one.state}`)}</StatusDot>
                      {one.ends.map((end) => (
                        <Text key={end.cause} fz="xs" c="dimmed">
                          {end.receipts.length > 0
                            ? `${t('ends.receipt')}: ${f.list(end.receipts.map(({ company }) => pick(company)))}`
                            : t('ends.none')}
                        </Text>
                      ))}
                      {one.reciprocity.map((view) => (
                        <div key={view.other.en}>
                          <StatusDot tone={STANDING_TONE[view.standing]}>
                            {t(`reciprocity:standing.${view.standing}`)}
                          </StatusDot>
                        </div>
                      ))}
                    </Table.Td>
                    <Table.Td>
                      <Text fz="sm" mb={4}>
                        {t('revisionOn', { number: f.number(one.revision), date: f.date(one.disclosedAt) })}
                      </Text>
                      <HashBadge hash={one.sliceId} />
                    </Table.Td>
                    <Table.Td>
                      <Badge variant="light" color={one.receipts.length > 0 ? 'leaf' : 'gray'}>
                        {t('receiptCount', { count: one.receipts.length })}
                      </Badge>
                    </Table.Td>
                    <Table.Td>
                      <When at={one.expiresOn} both={false} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
    </>
  )
}
