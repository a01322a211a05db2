import { ActionIcon, Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import type { Exchange } from '#shared/artifacts/convergence-event.ts'
import { useLocale } from '#ui/parts/locale.ts'

const MOST = 20

/** What an offer gives, and what it asks for it. */
export function Exchanges(props: {
  readonly clauses: readonly ConvergenceClause[]
  readonly exchanges: readonly Exchange[]
  readonly onChange: (exchanges: readonly Exchange[]) => void
}) {
  const { clauses, exchanges, onChange } = props
  const { t } = useTranslation('convergence')
  const { f, pick } = useLocale()
  const put = (at: number, part: Partial<Exchange>): void =>
    onChange(exchanges.map((one, number) => (number === at ? { ...one, ...part } : one)))
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('offer.tradeOffs')}</Text>
      {exchanges.map(({ given, received, clause }, at) => (
        <Paper key={at} withBorder p="sm" style={{ borderColor: 'var(--mithaq-line)' }}>
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t('offer.given')}
              dir="auto"
              required
              maxLength={2000}
              style={{ flex: '1 1 12rem' }}
              value={given}
              onChange={(event) => put(at, { given: event.currentTarget.value })}
            />
            <TextInput
              label={t('offer.received')}
              dir="auto"
              required
              maxLength={2000}
              style={{ flex: '1 1 12rem' }}
              value={received}
              onChange={(event) => put(at, { received: event.currentTarget.value })}
            />
            <Select
              label={t('offer.about')}
              clearable
              style={{ flex: '1 1 10rem' }}
              data={clauses.map(({ id, label }) => ({ value: id, label: pick(label) }))}
              value={clause}
              onChange={(next) => put(at, { clause: next })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              mb={4}
              aria-label={t('offer.removeTradeOff', { number: f.number(at + 1) })}
              onClick={() => onChange(exchanges.filter((_, number) => number !== at))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      {exchanges.length < MOST ? (
        <Group>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => onChange([...exchanges, { given: '', received: '', clause: null }])}
          >
            {t('offer.addTradeOff')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}
