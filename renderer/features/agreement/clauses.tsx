import { ActionIcon, Badge, Button, Group, Menu, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#shared/agreement/draft.ts'
import type { Gate } from '#shared/agreement/gates.ts'
import { between } from '#shared/living/between.ts'
import { DisputedRemoval } from '#ui/app/disputed-removal.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { orderOf } from './clause-order.ts'
import { ClauseProposals } from './clause-proposals.tsx'
import { ClauseTable } from './clause-table.tsx'
import { Comments } from './comments.tsx'
import { useDesk } from './desk.tsx'
import { DraftText } from './draft-field.tsx'
import { GateText } from './gate-text.tsx'

type ClauseRow = Draft['clauses'][number]

/** Clause by clause, both languages side by side. */
export function Clauses() {
  const { t } = useTranslation('agreement')
  const { live, draft } = useDesk()
  const orders = draft.clauses.map(({ values }) => orderOf(values))
  const add = (after: number): void => {
    const order = between(orders[after], orders[after + 1])
    live.add('clauses', { order })
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2}>{t('clauses.title')}</Title>
        {live.mayWrite ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => add(orders.length - 1)}
          >
            {t('clauses.add')}
          </Button>
        ) : null}
      </Group>
      {draft.clauses.length === 0 ? <Text c="dimmed">{t('clauses.none')}</Text> : null}
      {draft.clauses.map((row, at) => (
        <Clause
          key={row.id}
          row={row}
          number={at + 1}
          onUp={
            at > 0 ? () => live.set('clauses', row.id, 'order', between(orders[at - 2], orders[at - 1])) : undefined
          }
          onDown={
            at < orders.length - 1
              ? () => live.set('clauses', row.id, 'order', between(orders[at + 1], orders[at + 2]))
              : undefined
          }
          onAdd={() => add(at)}
        />
      ))}
    </Stack>
  )
}

function Clause(props: {
  readonly row: ClauseRow
  readonly number: number
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
  readonly onAdd: () => void
}) {
  const { row, number, onUp, onDown, onAdd } = props
  const { t } = useTranslation(['agreement', 'common'])
  const { f, locale } = useLocale()
  const { live, agreement, gates, clauses } = useDesk()
  const own = gates.filter(
    (gate): gate is Extract<Gate, { clause: string }> => 'clause' in gate && gate.clause === row.id,
  )
  const { headingEn, headingAr, textEn, textAr } = row.values
  const name = (locale === 'ar' ? headingAr : headingEn) || headingEn || headingAr || t('clauses.unnamed')
  const place = (field: string, value: string | null) =>
    ({ set: 'clauses', record: row.id, field, value, held: row.conflicts.get(field) }) as const
  return (
    <Paper component="section" aria-label={t('clauses.label', { number: f.number(number), name })}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Group gap="sm">
          <Title order={3} fz="md">
            {f.number(number)}. <bdi>{name}</bdi>
          </Title>
          {own.length > 0 ? (
            <Badge color="amber" variant="light">
              {t('clauses.open', { count: own.length })}
            </Badge>
          ) : null}
        </Group>
        {live.mayWrite ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('clauses.actions', { name })}>
                <IconDots size={18} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPlus size={15} />} onClick={onAdd}>
                {t('clauses.addBelow')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowUp size={15} />} disabled={!onUp} onClick={onUp}>
                {t('clauses.up')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} />} disabled={!onDown} onClick={onDown}>
                {t('clauses.down')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={15} />}
                onClick={() => live.remove('clauses', row.id)}
              >
                {t('clauses.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <DisputedRemoval
        live={live}
        artifact={agreement.id}
        set="clauses"
        record={row.id}
        name={name}
        removal={row.removal}
      />
      {/* English left and Arabic right, whatever the language of the screen: that is how the paper will look. */}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" dir="ltr">
        <Stack gap="xs" dir="ltr">
          <DraftText {...place('headingEn', headingEn)} language="en" />
          <DraftText {...place('textEn', textEn)} language="en" rows={4} />
          <Filled written={textEn} text={clauses[number - 1]?.text.en} />
        </Stack>
        <Stack gap="xs" dir="rtl">
          <DraftText {...place('headingAr', headingAr)} language="ar" />
          <DraftText {...place('textAr', textAr)} language="ar" rows={4} />
          <Filled written={textAr} text={clauses[number - 1]?.text.ar} />
        </Stack>
      </SimpleGrid>
      {row.values.table ? <ClauseTable table={row.values.table} /> : null}
      {own.map((gate, at) => (
        <GateText key={`${gate.code}/${String(at)}`} gate={gate} />
      ))}
      <ClauseProposals clause={row.id} name={name} />
      <Comments clause={row.id} name={name} />
    </Paper>
  )
}

/** How a text that names terms reads once they are filled in: what will be signed. */
function Filled({ written, text }: { readonly written: string | null; readonly text: string | undefined }) {
  const { t } = useTranslation('agreement')
  if (!written?.includes('{') || !text) return null
  return (
    <Text fz="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
      {t('clauses.reads')} <bdi>{text}</bdi>
    </Text>
  )
}
