import { Anchor, Button, Paper, Select, Stack, Table, Text, Textarea, Title } from '@mantine/core'
import { IconFileCertificate, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsentRegister } from '#shared/projection/consent-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'
import { NewConsent } from './new-consent.tsx'

type Consent = ConsentRegister['consents'][number]
const TONE: Readonly<Record<Consent['state'], Tone>> = {
  valid: 'good',
  'not-yet': 'waiting',
  expired: 'off',
  withdrawn: 'bad',
}
const COUNTRIES = ['SA', 'AE', 'BH', 'KW', 'OM', 'QA', 'EG', 'JO', 'IN', 'PK', 'TR', 'GB', 'DE', 'FR', 'US', 'CN']

/** The private register: what people agreed to, what is out under it, and where partners keep their data. */
export function Consents() {
  const { t } = useTranslation(['privacy', 'common'])
  const { f, pick, locale } = useLocale()
  const orpc = useOrpc()
  const notify = useNotify()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Consent | null>(null)
  const [reason, setReason] = useState('')
  const register = useQuery(orpc.consents.register.queryOptions())
  const setCountry = useMutation({ ...orpc.consents.setCountry.mutationOptions(), onError: notify.refused })
  const withdraw = useMutation({
    ...orpc.consents.withdraw.mutationOptions(),
    onSuccess: () => {
      notify.done(t('withdraw.done'))
      setEnding(null)
      setReason('')
    },
    onError: notify.refused,
  })
  if (register.error) return <RefusalAlert refusal={refusalOf(register.error)} />
  if (!register.data) return <Loading />
  const { consents, companies, ownCountry } = register.data
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const named = (id: string) => pick(companies.find(({ company }) => company === id)?.name ?? { en: '', ar: '' })
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('consents')}
        lead={t('lead')}
        back={{ label: t('common:area.disclosures'), href: hrefOf(to.disclosures()) }}
        actions={consents.length > 0 ? add : null}
      />
      <Stack gap="lg">
        <Paper p={consents.length > 0 ? 0 : 'lg'}>
          {consents.length === 0 ? (
            <EmptyState
              icon={<IconFileCertificate aria-hidden="true" />}
              title={t('empty')}
              text={t('emptyText')}
              action={add}
            />
          ) : (
            <Table.ScrollContainer minWidth={860}>
              <Table verticalSpacing="sm" horizontalSpacing="md" aria-label={t('consents')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('column.subject')}</Table.Th>
                    <Table.Th scope="col">{t('column.recipients')}</Table.Th>
                    <Table.Th scope="col">{t('column.state')}</Table.Th>
                    <Table.Th scope="col">{t('column.out')}</Table.Th>
                    <Table.Th />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {consents.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td maw={340}>
                        <Text fw={600}>
                          <bdi>{one.subject}</bdi>
                        </Text>
                        <Text fz="sm" c="dimmed">
                          <bdi>{one.purpose}</bdi>
                        </Text>
                        <Text fz="sm" c="dimmed">
                          {t(`channel.${one.channel}`)} · <bdi>{one.evidence}</bdi>
                        </Text>
                      </Table.Td>
                      <Table.Td>{f.list(one.recipients.map(named))}</Table.Td>
                      <Table.Td>
                        <StatusDot tone={TONE[one.state]}>{t(`state.${one.state}`)}</StatusDot>
                        <Text fz="sm" c="dimmed">
                          <When at={one.withdrawnOn ?? one.expiresOn ?? one.givenOn} both={false} />
                        </Text>
                      </Table.Td>
                      <Table.Td>
                        {one.disclosures.length === 0
                          ? '—'
                          : one.disclosures.map(({ artifact, title }) => (
                              <Anchor key={artifact} display="block" fz="sm" href={hrefOf(to.disclosure(artifact))}>
                                {pick(title)}
                              </Anchor>
                            ))}
                      </Table.Td>
                      <Table.Td>
                        {one.state === 'withdrawn' ? null : (
                          <Button size="compact-sm" variant="default" color="red" onClick={() => setEnding(one)}>
                            {t('withdraw.action')}
                          </Button>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </Paper>
        {companies.length > 0 ? (
          <Paper>
            <Title order={2} mb={4}>
              {t('countries.title')}
            </Title>
            <Text fz="sm" c="dimmed" mb="md">
              {t('countries.text', { own: names.of(ownCountry) ?? ownCountry })}
            </Text>
            <Stack maw="26rem">
              {companies.map(({ company, name, country }) => (
                <Select
                  key={company}
                  label={pick(name)}
                  placeholder={t('countries.unknown')}
                  allowDeselect={false}
                  searchable
                  data={[...new Set([...COUNTRIES, ...(country ? [country] : [])])].map((code) => ({
                    value: code,
                    label: names.of(code) ?? code,
                  }))}
                  value={country}
                  onChange={(code) => (code ? setCountry.mutate({ company, country: code }) : undefined)}
                />
              ))}
            </Stack>
          </Paper>
        ) : null}
      </Stack>
      {adding ? <NewConsent companies={companies} onClose={() => setAdding(false)} /> : null}
      <ConfirmModal
        opened={ending !== null}
        title={t('withdraw.title')}
        action={t('withdraw.action')}
        danger
        busy={withdraw.isPending}
        disabled={reason.trim() === ''}
        onConfirm={() => ending && withdraw.mutate({ consent: ending.id, reason: reason.trim() })}
        onClose={() => setEnding(null)}
      >
        <Text fz="sm">{t('withdraw.text', { count: ending?.disclosures.length ?? 0 })}</Text>
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
