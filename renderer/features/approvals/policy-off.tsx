import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { OFF, type Off } from '#shared/approvals/policy.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import type { PolicyPart } from './policy-part.ts'

/** Days on which the clock of requests stands still: public holidays, and what else the company is closed for. */
export function PolicyOff({ policy, set, holidays }: PolicyPart & { readonly holidays: readonly Off[] }) {
  const { t } = useTranslation(['approvals', 'common'])
  const { f } = useLocale()
  const keep = (off: readonly Off[]): void =>
    set({ off: off.toSorted((one, other) => (one.from < other.from ? -1 : 1)) })
  const change = (at: number, part: Partial<Off>): void =>
    set({ off: policy.off.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const missing = holidays.filter(({ what, from }) => !policy.off.some((one) => one.what === what && one.from === from))
  const last = policy.off.at(-1)?.to ?? holidays[0]?.from
  return (
    <Paper>
      <Title order={2}>{t('policy.off.title')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {policy.off.length === 0 ? t('policy.off.none') : t('policy.off.text')}
      </Text>
      <Stack>
        {policy.off.map((one, at) => (
          <Group
            key={at}
            align="flex-start"
            gap="sm"
            component="section"
            aria-label={`${t(`policy.off.what.${one.what}`)} ${f.date(one.from)}`}
          >
            <Select
              label={t('policy.off.why')}
              allowDeselect={false}
              data={OFF.map((value) => ({ value, label: t(`policy.off.what.${value}`) }))}
              value={one.what}
              onChange={(value) => change(at, { what: OFF.find((each) => each === value) ?? 'other' })}
            />
            <DayInput
              required
              style={{ width: '13rem' }}
              label={t('policy.off.from')}
              value={one.from}
              onChange={(from) => from && change(at, { from, to: one.to < from ? from : one.to })}
            />
            <DayInput
              required
              style={{ width: '13rem' }}
              label={t('policy.off.to')}
              value={one.to}
              minDate={one.from}
              onChange={(to) => to && to >= one.from && change(at, { to })}
            />
            <Button
              variant="subtle"
              color="red"
              mt={24}
              onClick={() => set({ off: policy.off.filter((_, index) => index !== at) })}
            >
              {t('common:remove')}
            </Button>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => last && set({ off: [...policy.off, { what: 'other', from: last, to: last }] })}
          >
            {t('policy.off.add')}
          </Button>
          <Button variant="default" disabled={missing.length === 0} onClick={() => keep([...policy.off, ...missing])}>
            {t('policy.off.holidays')}
          </Button>
        </Group>
        <Text fz="sm" c="dimmed">
          {t('policy.off.announced')}
        </Text>
      </Stack>
    </Paper>
  )
}
