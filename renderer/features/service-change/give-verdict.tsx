import { ActionIcon, Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { INFEASIBLE, type Infeasible } from '#shared/artifacts/change-content.ts'
import { CATEGORY_WORDS } from '#shared/artifacts/change-words.ts'
import { VERDICTS, type ChangeVerdict } from '#shared/artifacts/change-event.ts'
import type { ChangeTextView, MatterView } from '#shared/projection/change-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** Our company's word on a matter that is ours: once per text, for the other company to read. */
export function GiveVerdict(props: { readonly text: ChangeTextView; readonly matter: MatterView; readonly onClose: () => void }) {
  const { text, matter: { matter }, onClose } = props
  const { t } = useTranslation(['change', 'common'])
  const { f, pick } = useLocale()
  const { change } = useDesk()
  const notify = useNotify()
  const [verdict, setVerdict] = useState<ChangeVerdict | null>(null)
  const [reason, setReason] = useState('')
  const [category, setCategory] = useState<Infeasible | null>(null)
  const [conditions, setConditions] = useState<readonly string[]>([''])
  const deciding = useMutation({
    ...useOrpc().changes.decide.mutationOptions(),
    onSuccess: () => {
      notify.done(t('verdict.done'))
      onClose()
    },
  })
  const offered = matter === 'feasibility' ? VERDICTS : (['yes', 'no'] as const)
  const conditional = matter === 'feasibility' && verdict !== null && verdict !== 'yes'
  const infeasible = conditional && verdict === 'no'
  const named = conditions.map((one) => one.trim()).filter((one) => one !== '')
  const whole =
    verdict !== null && (verdict !== 'no' || reason.trim() !== '') && (!infeasible || category !== null) && (!conditional || named.length > 0)
  const send = (): void => {
    if (!verdict || !whole) return
    deciding.mutate({
      artifact: change.id,
      change: text.hash,
      matter,
      verdict,
      reason,
      category: infeasible ? category : null,
      conditions: conditional ? named.map((one, at) => ({ id: `k${String(at + 1)}`, text: one })) : [],
    })
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t('verdict.title', { matter: t(`matter.${matter}`) })} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Text fz="sm" c="dimmed">
          {t('verdict.about')}
        </Text>
        <Radio.Group label={t('verdict.choose')} value={verdict} onChange={(next) => setVerdict(offered.find((one) => one === next) ?? null)}>
          <Stack gap="xs" mt="xs">
            {offered.map((one) => (
              <Radio key={one} value={one} label={t(`said.${matter}.${one as 'yes'}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {infeasible ? (
          <Select
            label={t('verdict.category')}
            data={INFEASIBLE.map((one) => ({ value: one, label: pick(CATEGORY_WORDS[one]) }))}
            value={category}
            allowDeselect={false}
            onChange={setCategory}
          />
        ) : null}
        <Textarea
          label={t('verdict.reason')}
          description={t('verdict.reasonHint')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={8000}
          required={verdict === 'no'}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {conditional ? (
          <Stack gap="xs">
            <Text fw={600}>{t('verdict.conditions')}</Text>
            {conditions.map((one, at) => {
              const number = f.number(at + 1)
              return (
                // oxlint-disable-next-line react/no-array-index-key -- rows have no other name, and are only added and removed here
                <Group key={at} align="flex-end" wrap="nowrap">
                  <Textarea
                    style={{ flex: 1 }}
                    label={t('verdict.condition', { number })}
                    dir="auto"
                    autosize
                    minRows={1}
                    maxLength={4000}
                    value={one}
                    onChange={(event) => setConditions(conditions.with(at, event.currentTarget.value))}
                  />
                  {conditions.length > 1 ? (
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      mb={6}
                      aria-label={t('verdict.removeCondition', { number })}
                      onClick={() => setConditions(conditions.toSpliced(at, 1))}
                    >
                      <IconTrash size={16} aria-hidden="true" />
                    </ActionIcon>
                  ) : null}
                </Group>
              )
            })}
            {conditions.length < 20 ? (
              <Group>
                <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setConditions([...conditions, ''])}>
                  {t('verdict.addCondition')}
                </Button>
              </Group>
            ) : null}
          </Stack>
        ) : null}
        {deciding.error ? <RefusalAlert refusal={refusalOf(deciding.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!whole} loading={deciding.isPending}>
            {t('verdict.send')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
} // prettier-ignore
