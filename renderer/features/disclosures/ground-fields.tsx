import { Anchor, Checkbox, MultiSelect, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BASES, SAFEGUARDS, TRANSFER_GROUNDS, type PrivacyGround } from '#shared/policy/privacy/ground.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { hrefOf } from '#ui/app/route.ts'
import type { Policy } from './draft.ts'
import { consentsRoute } from './consents-route.ts'

const NO_TRANSFER = { ground: 'obligation-to-the-person', safeguard: 'standard-clauses', document: '', minimised: false } as const // prettier-ignore

/** On what ground personal data may leave, should there be any. */
export function GroundFields(props: { readonly policy: Policy; readonly onChange: (policy: Policy) => void }) {
  const { t } = useTranslation('privacy')
  const register = useQuery(useOrpc().consents.register.queryOptions())
  const { policy } = props
  const { ground } = policy
  const put = (next: PrivacyGround | null) => props.onChange({ ...policy, ground: next })
  const set = (part: Partial<PrivacyGround>) => (ground ? put({ ...ground, ...part }) : undefined)
  const valid = register.data?.consents.filter(({ state }) => state === 'valid') ?? []
  const transfer = ground?.transfer ?? null
  const setTransfer = (part: Partial<NonNullable<PrivacyGround['transfer']>>) =>
    transfer ? set({ transfer: { ...transfer, ...part } }) : undefined
  return (
    <Stack>
      <Select
        label={t('ground.basis')}
        description={t('ground.basisHint')}
        placeholder={t('ground.choose')}
        clearable
        data={BASES.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
        value={ground?.basis ?? null}
        onChange={
          (basis) =>
          put(
            basis
              ? { basis, consents: basis === 'consent' ? (ground?.consents ?? []) : [], approval: ground?.approval ?? null, transfer }
              : null,
          ) /* prettier-ignore */
        }
      />
      {ground?.basis === 'consent' ? (
        <>
          <MultiSelect
            label={t('ground.consents')}
            description={t('ground.consentsHint')}
            placeholder={valid.length === 0 ? t('ground.noConsents') : ''}
            data={valid.map(({ id, subject, purpose }) => ({ value: id, label: `${subject} · ${purpose}` }))}
            value={ground.consents.filter((id) => valid.some((one) => one.id === id))}
            onChange={(consents) => set({ consents })}
          />
          <Anchor fz="sm" href={hrefOf(consentsRoute)}>
            {t('add')}
          </Anchor>
        </>
      ) : ground ? (
        <Textarea
          label={t('ground.approval')}
          required
          maxLength={500}
          value={ground.approval ?? ''}
          onChange={(event) => set({ approval: event.currentTarget.value || null })}
        />
      ) : null}
      {ground ? (
        <Checkbox
          label={t('ground.transfer')}
          checked={transfer !== null}
          onChange={(event) => set({ transfer: event.currentTarget.checked ? NO_TRANSFER : null })}
        />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('emptyText')}
        </Text>
      )}
      {transfer ? (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t('ground.transferGround')}
              allowDeselect={false}
              data={TRANSFER_GROUNDS.map((one) => ({ value: one, label: t(`transferGround.${one}`) }))}
              value={transfer.ground}
              onChange={(one) => (one ? setTransfer({ ground: one }) : undefined)}
            />
            <Select
              label={t('ground.safeguard')}
              allowDeselect={false}
              data={SAFEGUARDS.map((one) => ({ value: one, label: t(`safeguard.${one}`) }))}
              value={transfer.safeguard}
              onChange={(one) => (one ? setTransfer({ safeguard: one }) : undefined)}
            />
          </SimpleGrid>
          <TextInput
            label={t('ground.document')}
            description={t('ground.documentHint')}
            required
            maxLength={500}
            value={transfer.document}
            onChange={(event) => setTransfer({ document: event.currentTarget.value })}
          />
          <Checkbox
            label={t('ground.minimised')}
            checked={transfer.minimised}
            onChange={(event) => setTransfer({ minimised: event.currentTarget.checked })}
          />
        </>
      ) : null}
    </Stack>
  )
}
