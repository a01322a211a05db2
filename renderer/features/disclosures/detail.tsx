import { Alert, Button, Group, Paper, Select, Stack, Table, Tabs, Text, Textarea } from '@mantine/core'
import { IconEdit, IconFileSpreadsheet, IconInfoCircle } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { ReciprocityPanel } from '#ui/parts/reciprocity-panel.tsx'
import { Receipts } from '#ui/parts/receipts.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { RevisionDifference } from '#ui/parts/revision-diff.tsx'
import { SliceTable } from '#ui/parts/slice-table.tsx'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'
import { Ends } from './ends.tsx'
import { TONE } from './disclosure-list.tsx'

/** One disclosure: what the partner holds, every revision, who opened it, and the way to end it. */
export function Detail({ artifact }: { readonly artifact: string }) {
  const { t } = useTranslation(['disclosures', 'common', 'privacy'])
  const { f, locale, pick } = useLocale()
  const orpc = useOrpc()
  const client = useClient()
  const notify = useNotify()
  const [compareWith, setCompareWith] = useState<number | null>(null)
  const [withdrawing, setWithdrawing] = useState(false)
  const [reason, setReason] = useState('')
  const got = useQuery({
    ...orpc.disclosures.get.queryOptions({ input: { artifact, ...(compareWith === null ? {} : { compareWith }) } }),
    placeholderData: keepPreviousData,
  })
  const withdraw = useMutation({
    ...orpc.disclosures.withdraw.mutationOptions(),
    onSuccess: () => {
      notify.done(t('withdraw.done'))
      setWithdrawing(false)
    },
    onError: notify.refused,
  })
  const exporting = useMutation({
    mutationFn: async () => saveDownload(client, await client.disclosures.export({ artifact, locale })),
    onError: notify.refused,
  })
  if (got.error) return <RefusalAlert refusal={refusalOf(got.error)} />
  if (!got.data) return <Loading />
  const one = got.data
  const others = one.revisions.filter(({ revision }) => revision !== one.revision)
  const over = one.state === 'withdrawn'
  const personal = ({ personal: some, tagged, scanned, basis }: NonNullable<typeof one.privacy>) =>
    some
      ? `${t('privacy:found.some', { tags: f.list(tagged) || t('privacy:found.noTags'), scanned })} ${basis ? t('privacy:found.ground', { basis: t(`privacy:basis.${basis}`) }) : ''}`
      : t('privacy:found.none')
  return (
    <>
      <PageHeader
        title={pick(one.title)}
        lead={pick(one.workspaceName)}
        back={{ label: t('common:area.disclosures'), href: hrefOf(to.disclosures()) }}
        actions={
          <>
            {one.slice ? (
              <Button
                variant="default"
                loading={exporting.isPending}
                leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
                onClick={() => exporting.mutate()}
              >
                {t('export')}
              </Button>
            ) : null}
            {over ? null : (
              <>
                <Button variant="default" color="red" onClick={() => setWithdrawing(true)}>
                  {t('withdraw.action')}
                </Button>
                <Button
                  component="a"
                  href={hrefOf(to.newDisclosure({ policy: one.policy }))}
                  leftSection={<IconEdit size={18} aria-hidden="true" />}
                >
                  {t('revise')}
                </Button>
              </>
            )}
          </>
        }
      />
      <Stack>
        {over ? (
          <Alert color="gray" variant="light" icon={<IconInfoCircle />} title={t('state.withdrawn')}>
            {t('withdraw.over')}
          </Alert>
        ) : null}
        <Paper>
          <KeyValue
            items={[
              [
                t('column.state'),
                <StatusDot key="state" tone={TONE[one.state]}>
                  {t(`state.${one.state}`)}
                </StatusDot>,
              ],
              [t('field.roles'), <RoleNames key="roles" roles={one.roles} />],
              one.slice ? [t('field.purpose'), one.slice.purpose] : null,
              one.slice?.necessity ? [t('field.necessity'), one.slice.necessity] : null,
              [
                t('column.revision'),
                t('revisionOn', { number: f.number(one.revision), date: f.date(one.disclosedAt) }),
              ],
              [t('hash'), <HashBadge key="hash" hash={one.sliceId} />],
              [t('column.expires'), <When key="expires" at={one.expiresOn} />],
              one.privacy ? [t('privacy:title'), personal(one.privacy)] : null,
            ]}
          />
        </Paper>
        <Ends ends={one.ends} />
        {(over ? [] : one.reciprocity).map((view) => (
          <ReciprocityPanel key={view.other.en} view={view} />
        ))}
        <Tabs key={one.slice ? 'open' : 'over'} defaultValue={one.slice ? 'slice' : 'receipts'} keepMounted={false}>
          <Tabs.List>
            {one.slice ? <Tabs.Tab value="slice">{t('tab.slice')}</Tabs.Tab> : null}
            <Tabs.Tab value="revisions">{t('tab.revisions')}</Tabs.Tab>
            <Tabs.Tab value="receipts">{t('tab.receipts')}</Tabs.Tab>
          </Tabs.List>
          {one.slice ? (
            <Tabs.Panel value="slice" pt="md">
              <Text fz="sm" c="dimmed" mb="xs">
                {t('common:rows', { count: one.slice.rows.length })}
              </Text>
              <SliceTable slice={one.slice} label={pick(one.title)} />
            </Tabs.Panel>
          ) : null}
          <Tabs.Panel value="revisions" pt="md">
            <Stack>
              <Paper>
                <Table>
                  <Table.Tbody>
                    {one.revisions.map((revision) => (
                      <Table.Tr key={revision.revision}>
                        <Table.Th scope="row" fw={500}>
                          {t('revisionNumber', { number: f.number(revision.revision) })}
                        </Table.Th>
                        <Table.Td>
                          <When at={revision.disclosedAt} withTime both={false} />
                        </Table.Td>
                        <Table.Td>
                          <bdi>{revision.by}</bdi>
                        </Table.Td>
                        <Table.Td>
                          <HashBadge hash={revision.sliceId} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Paper>
              {others.length === 0 ? (
                <Text c="dimmed">{t('oneRevision')}</Text>
              ) : one.slice ? (
                <Paper>
                  <Stack>
                    <Select
                      w={260}
                      label={t('compareWith')}
                      allowDeselect={false}
                      data={others.map(({ revision }) => ({
                        value: String(revision),
                        label: t('revisionNumber', { number: f.number(revision) }),
                      }))}
                      value={one.diff ? String(one.diff.from === one.revision ? one.diff.to : one.diff.from) : null}
                      onChange={(value) => setCompareWith(value === null ? null : Number(value))}
                    />
                    {one.diff ? <RevisionDifference diff={one.diff} /> : null}
                  </Stack>
                </Paper>
              ) : null}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="receipts" pt="md">
            <Paper>
              <Receipts receipts={one.receipts} />
            </Paper>
          </Tabs.Panel>
        </Tabs>
      </Stack>
      <ConfirmModal
        opened={withdrawing}
        title={t('withdraw.title')}
        action={t('withdraw.action')}
        danger
        busy={withdraw.isPending}
        disabled={reason.trim() === ''}
        onConfirm={() => withdraw.mutate({ artifact, reason: reason.trim() })}
        onClose={() => setWithdrawing(false)}
      >
        <Group>
          <Text fz="sm">{t('withdraw.text')}</Text>
        </Group>
        <Textarea
          label={t('withdraw.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmModal>
    </>
  )
}
