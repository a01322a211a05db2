import { ActionIcon, Alert, Button, Group, Modal, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconClipboardPlus, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { optionScore } from '#shared/decisions/position.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Num } from '#ui/parts/values.tsx'
import { Approval } from './approval.tsx'
import { useDesk } from './desk.tsx'
import { ScoreSheet } from './score-sheet.tsx'

type Own = NonNullable<RoundView['own']>

/** What the own company's roles think, which nobody else sees, and the position that is made of it. */
export function OwnSide({ round, own }: { readonly round: RoundView; readonly own: Own }) {
  const open = own.asks.includes('score') || own.asks.includes('approve')
  return (
    <>
      <Scores round={round} own={own} mayChange={open} />
      {open && own.scores.length > 0 && own.mayApprove ? <Approval key={round.hash} round={round} own={own} /> : null}
      {open && !own.mayApprove ? <NotYours /> : null}
    </>
  )
}

function NotYours() {
  const { t } = useTranslation('decision')
  return <Alert color="sand">{t('approve.notYours')}</Alert>
}

function Scores({ round, own, mayChange }: { readonly round: RoundView; readonly own: Own; readonly mayChange: boolean }) {
  const { t } = useTranslation(['decision', 'common'])
  const { pick } = useLocale()
  const { decision } = useDesk()
  const notify = useNotify()
  const [editing, setEditing] = useState<Role | 'new' | null>(null)
  const removing = useMutation({ ...useOrpc().decisions.removeScores.mutationOptions(), onError: notify.refused })
  const { options, policy } = round.content
  const kept = own.scores.find(({ role }) => role === editing)
  return (
    <Paper component="section" aria-labelledby="own-scores">
      <Group justify="space-between" mb={4}>
        <Group gap="sm">
          <Title order={2} id="own-scores">
            {t('score.title')}
          </Title>
          <ClassBadge dataClass="private" />
        </Group>
        {mayChange ? (
          <Button
            size="sm"
            variant={own.scores.length === 0 ? 'filled' : 'default'}
            leftSection={<IconClipboardPlus size={17} aria-hidden="true" />}
            onClick={() => setEditing('new')}
          >
            {t('score.add')}
          </Button>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('score.about')}
      </Text>
      {own.scores.length === 0 ? (
        <Text>{t('score.none')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('score.role')}</Table.Th>
                {options.map((option) => (
                  <Table.Th key={option.id}>
                    <bdi>{pick(option.title)}</bdi>
                  </Table.Th>
                ))}
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {own.scores.map((sheet) => {
                const name = t(`common:role.${sheet.role}`)
                return (
                  <Table.Tr key={sheet.role}>
                    <Table.Td>
                      {name}
                      {sheet.weight > 1 ? (
                        <Text span c="dimmed" fz="sm">
                          {' '}
                          ×<Num value={sheet.weight} />
                        </Text>
                      ) : null}
                    </Table.Td>
                    {options.map(({ id }) => {
                      const one = sheet.options[id]
                      return (
                        <Table.Td key={id}>
                          <Num value={one ? optionScore(policy.dimensions, one.scores) / 100 : null} />
                        </Table.Td>
                      )
                    })}
                    <Table.Td>
                      {mayChange ? (
                        <Group gap={4} justify="flex-end" wrap="nowrap">
                          <ActionIcon variant="subtle" aria-label={t('score.edit', { role: name })} onClick={() => setEditing(sheet.role)}>
                            <IconPencil size={16} aria-hidden="true" />
                          </ActionIcon>
                          <ActionIcon
                            variant="subtle"
                            color="red"
                            aria-label={t('score.remove', { role: name })}
                            onClick={() => removing.mutate({ artifact: decision.id, round: round.hash, role: sheet.role })}
                          >
                            <IconTrash size={16} aria-hidden="true" />
                          </ActionIcon>
                        </Group>
                      ) : null}
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size="xl"
        title={
          <Group gap="sm">
            {t('score.sheet')} <ClassBadge dataClass="private" />
          </Group>
        }
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <ScoreSheet
            round={round}
            kept={kept}
            taken={own.scores.map(({ role }) => role)}
            onDone={() => setEditing(null)}
          />
        </Stack>
      </Modal>
    </Paper>
  )
} // prettier-ignore
