import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { MonthPickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CapacityPlan, UNANSWERED_WORDS } from '#shared/artifacts/capacity-plan.v1.ts'
import { formModel, type FormField } from '#shared/artifacts/form-model.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Share } from '#ui/parts/share.tsx'
import { Num } from '#ui/parts/values.tsx'
import { useLabel } from '#ui/parts/words.ts'

const TERMS = ['leadTimeDays', 'minimumOrder', 'multiple'] as const
const UNANSWERED = ['remind', 'as-forecast'] as const
const QUANTITIES = ['capacity', 'upside', 'downside'] as const

interface SlotDraft {
  readonly resource: string
  readonly skuGroup: string
  readonly bucket: string
  readonly capacity: number | null
  readonly upside: number | null
  readonly downside: number | null
}

/** The supplier's terms and how much each line can make; the other side reads them. */
export function Terms({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const label = useLabel()
  const notify = useNotify()
  const plan = screen.plan?.content
  const [terms, setTerms] = useState({
    leadTimeDays: plan?.leadTimeDays ?? null,
    minimumOrder: plan?.minimumOrder ?? null,
    multiple: plan?.multiple ?? null,
    constraint: plan?.constraint ?? '',
    unanswered: plan?.unanswered ?? null,
  })
  const [slots, setSlots] = useState<readonly SlotDraft[]>(() => slotsOf(screen))
  const save = useMutation({
    ...useOrpc().artifacts.commit.mutationOptions(),
    onSuccess: () => notify.done(t('common:saved')),
  })
  const fields = formModel(CapacityPlan, 'own')?.fields ?? []
  const field = (path: string): FormField | undefined => fields.find((one) => one.path === path)
  const edit = (at: number, part: Partial<SlotDraft>) =>
    setSlots(slots.map((slot, index) => (index === at ? { ...slot, ...part } : slot)))
  if (!screen.mayCommit) return <Read screen={screen} />
  const whole = slots.every(({ resource, bucket }) => resource.trim() !== '' && bucket !== '')
  return (
    <Stack>
      <Paper>
        <Stack>
          <Title order={2}>{t('terms.title')}</Title>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {TERMS.map((name) => {
              const model = field(name)
              return (
                <NumberInput
                  key={name}
                  label={label(model?.label)}
                  min={0}
                  thousandSeparator=","
                  suffix={model?.unit ? ` ${label(model.unit)}` : ` ${screen.forecast.unit}`}
                  value={terms[name] ?? ''}
                  onChange={(value) => setTerms({ ...terms, [name]: typeof value === 'number' ? value : null })}
                />
              )
            })}
          </SimpleGrid>
          <Select
            label={label(field('unanswered')?.label)}
            description={label(field('unanswered')?.help ?? undefined)}
            allowDeselect={false}
            maw={420}
            data={UNANSWERED.map((value) => ({ value, label: label(UNANSWERED_WORDS[value]) }))}
            value={terms.unanswered ?? 'remind'}
            onChange={(value) => setTerms({ ...terms, unanswered: UNANSWERED.find((one) => one === value) ?? null })}
          />
          <Textarea
            label={label(field('constraint')?.label)}
            autosize
            minRows={2}
            maxLength={2000}
            value={terms.constraint}
            onChange={(event) => setTerms({ ...terms, constraint: event.currentTarget.value })}
          />
        </Stack>
      </Paper>
      <Paper>
        <Stack>
          <Title order={2}>{label(field('slots')?.label)}</Title>
          <Text fz="sm" c="dimmed">
            {t('terms.slotsNote')}
          </Text>
          {slots.map((slot, at) => (
            <Group key={at} align="flex-end" gap="xs" wrap="nowrap" style={{ overflowX: 'auto' }}>
              <TextInput
                label={slotLabel(field('slots'), 'resource', label)}
                miw={150}
                value={slot.resource}
                maxLength={120}
                onChange={(event) => edit(at, { resource: event.currentTarget.value })}
              />
              <TextInput
                label={slotLabel(field('slots'), 'skuGroup', label)}
                miw={130}
                value={slot.skuGroup}
                maxLength={120}
                onChange={(event) => edit(at, { skuGroup: event.currentTarget.value })}
              />
              <MonthPickerInput
                label={slotLabel(field('slots'), 'bucket', label)}
                miw={140}
                value={slot.bucket ? `${slot.bucket}-01` : null}
                onChange={(value) => edit(at, { bucket: value ? value.slice(0, 7) : '' })}
              />
              {QUANTITIES.map((name) => (
                <NumberInput
                  key={name}
                  label={slotLabel(field('slots'), name, label)}
                  miw={110}
                  min={0}
                  hideControls
                  thousandSeparator=","
                  value={slot[name] ?? ''}
                  onChange={(value) => edit(at, { [name]: typeof value === 'number' ? value : null })}
                />
              ))}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('terms.removeSlot', { name: slot.resource })}
                onClick={() => setSlots(slots.filter((_, index) => index !== at))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          ))}
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() =>
                setSlots([
                  ...slots,
                  {
                    resource: slots.at(-1)?.resource ?? '',
                    skuGroup: slots.at(-1)?.skuGroup ?? '',
                    bucket: screen.forecast.buckets[slots.length % screen.forecast.buckets.length]?.bucket ?? '',
                    capacity: null,
                    upside: null,
                    downside: null,
                  },
                ])
              }
            >
              {t('terms.addSlot')}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <RefusalAlert refusal={save.error ? refusalOf(save.error) : null} />
      <Group justify="flex-end">
        <Button
          loading={save.isPending}
          disabled={!whole}
          onClick={() =>
            save.mutate({
              artifact: screen.artifact.id,
              terms: { ...terms, constraint: terms.constraint.trim() || null },
              slots: slots.map((slot) => ({ ...slot, skuGroup: slot.skuGroup.trim() || null })),
            })
          }
        >
          {t('terms.save')}
        </Button>
      </Group>
      <Use screen={screen} />
    </Stack>
  )
}

const slotLabel = (slots: FormField | undefined, name: string, label: ReturnType<typeof useLabel>): string =>
  label(slots?.fields.find((one) => one.name === name)?.label)

const slotsOf = (screen: ForecastScreen): readonly SlotDraft[] =>
  Object.values(screen.plan?.content.slots ?? {}).map((slot) => ({
    resource: slot.resource ?? '',
    skuGroup: slot.skuGroup ?? '',
    bucket: slot.bucket ?? '',
    capacity: slot.capacity,
    upside: slot.upside,
    downside: slot.downside,
  }))

function Read({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f, pick } = useLocale()
  const label = useLabel()
  const plan = screen.plan?.content
  if (!plan) return <Text c="dimmed">{t('terms.none', { company: pick(screen.supplier) })}</Text>
  const fields = formModel(CapacityPlan, 'own')?.fields ?? []
  return (
    <Stack>
      <Paper>
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          {[...TERMS, 'constraint' as const].map((name) => {
            const value = plan[name] ?? null
            return (
              <div key={name}>
                <Text fz="xs" c="dimmed">
                  {label(fields.find(({ path }) => path === name)?.label)}
                </Text>
                <Text>{value === null ? '—' : typeof value === 'number' ? f.number(value) : value}</Text>
              </div>
            )
          })}
          <div>
            <Text fz="xs" c="dimmed">
              {label(fields.find(({ path }) => path === 'unanswered')?.label)}
            </Text>
            <Text>{label(UNANSWERED_WORDS[plan.unanswered ?? 'remind'])}</Text>
          </div>
        </SimpleGrid>
      </Paper>
      <Use screen={screen} />
    </Stack>
  )
}

/** How full each line is with what was committed to it. */
function Use({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const { slots } = screen.forecast
  if (slots.length === 0) return null
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('terms.use')}
      </Title>
      <Table>
        <Table.Tbody>
          {slots.map((slot) => (
            <Table.Tr key={slot.key}>
              <Table.Th scope="row" fw={500}>
                <bdi>{slot.resource}</bdi> · {f.month(slot.bucket as IsoMonth)}
              </Table.Th>
              <Table.Td w="40%">
                <Share
                  label={slot.resource}
                  of={slot.capacity ? Math.min(1, slot.committed / slot.capacity) : 0}
                  color={slot.available !== null && slot.available < 0 ? 'red' : 'ink'}
                />
              </Table.Td>
              <Table.Td ta="end">
                <Num value={slot.committed} places={0} /> / <Num value={slot.capacity} places={0} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
