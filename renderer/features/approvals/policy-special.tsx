import { Button, Checkbox, Group, NumberInput, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { COMMITMENTS, WITH_AMOUNT } from '#shared/approvals/commitment.ts'
import { SCOPES, type ApprovalPolicy } from '#shared/approvals/policy.ts'
import { LevelsInput } from './levels-input.tsx'
import type { PolicyPart } from './policy-part.ts'

/** What is asked of single kinds of commitment, or from an amount on, in place of the general rule. */
export function PolicySpecial({ policy, set }: PolicyPart) {
  const { t } = useTranslation(['approvals', 'common'])
  const change = (at: number, part: Partial<ApprovalPolicy['special'][number]>): void =>
    set({ special: policy.special.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <Paper>
      <Title order={2}>{t('policy.special')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {policy.special.length === 0 ? t('policy.noSpecial') : t('policy.specialText')}
      </Text>
      <Stack>
        {policy.special.map((one, at) => (
          <Group
            key={at}
            align="flex-end"
            gap="sm"
            component="section"
            aria-label={`${t('policy.special')} ${String(at + 1)}`}
          >
            <Select
              label={t('policy.kind')}
              allowDeselect={false}
              searchable
              data={COMMITMENTS.map((value) => ({ value, label: t(`commitment.${value}`) }))}
              value={one.commitment}
              onChange={(value) => {
                const commitment = COMMITMENTS.find((each) => each === value)
                if (commitment) change(at, { commitment, from: WITH_AMOUNT.has(commitment) ? one.from : null })
              }}
            />
            <Select
              label={t('policy.partnership')}
              allowDeselect={false}
              data={(['all', ...SCOPES] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
              value={one.scope}
              onChange={(value) => change(at, { scope: SCOPES.find((each) => each === value) ?? 'all' })}
            />
            {WITH_AMOUNT.has(one.commitment) ? (
              <NumberInput
                label={t('policy.from')}
                placeholder={t('policy.fromHint')}
                min={0}
                max={9_000_000_000_000}
                decimalScale={2}
                thousandSeparator=","
                value={one.from === null ? '' : one.from / 100}
                onChange={(value) => change(at, { from: typeof value === 'number' ? Math.round(value * 100) : null })}
              />
            ) : null}
            <Stack gap={2}>
              <Text fz="sm" fw={500}>
                {t('policy.asks')}
              </Text>
              <LevelsInput label={t('policy.asks')} value={one.levels} onChange={(levels) => change(at, { levels })} />
            </Stack>
            <Checkbox
              pb={8}
              label={t('policy.fourEyes')}
              checked={one.fourEyes}
              onChange={(event) => change(at, { fourEyes: event.currentTarget.checked })}
            />
            <Button
              variant="subtle"
              color="red"
              onClick={() => set({ special: policy.special.filter((_, index) => index !== at) })}
            >
              {t('common:remove')}
            </Button>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              set({
                special: [
                  ...policy.special,
                  { scope: 'all', commitment: 'sign-agreement', from: null, levels: ['c-level'], fourEyes: true },
                ],
              })
            }
          >
            {t('policy.addSpecial')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
