import { ActionIcon, Button, Group, Modal, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconClipboardPlus, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import type { OptionScoreView, RoleScoresView } from '#shared/projection/decision-views.ts'
import type { LensName } from '#shared/scoring/rubric.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Num } from '#ui/parts/values.tsx'
import { ScoreSheet, type NewSheet, type ScoredBy } from './score-sheet.tsx'

/** What the own company's roles think, role by role, which nobody else sees. */
export function RoleScores<D extends LensName>(props: {
  readonly scored: Omit<ScoredBy<D>, 'save'> & { readonly save: (sheet: NewSheet<D>, onDone: () => void) => void }
  readonly scores: readonly RoleScoresView<D>[]
  /** What a role's points come to, in hundredths of a point. */
  readonly scoreOf: (scores: OptionScoreView<D>['scores']) => number
  readonly about: string
  readonly mayChange: boolean
  readonly onRemove: (role: Role) => void
}) {
  const { scored, scores, scoreOf, about, mayChange, onRemove } = props
  const { t } = useTranslation(['decision', 'common'])
  const { pick } = useLocale()
  const [editing, setEditing] = useState<Role | 'new' | null>(null)
  const { subjects } = scored
  const kept = scores.find(({ role }) => role === editing)
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
            variant={scores.length === 0 ? 'filled' : 'default'}
            leftSection={<IconClipboardPlus size={17} aria-hidden="true" />}
            onClick={() => setEditing('new')}
          >
            {t('score.add')}
          </Button>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        {about}
      </Text>
      {scores.length === 0 ? (
        <Text>{t('score.none')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('score.role')}</Table.Th>
                {subjects.map(({ id, title }) => (
                  <Table.Th key={id}>
                    <bdi>{pick(title)}</bdi>
                  </Table.Th>
                ))}
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {scores.map((sheet) => {
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
                    {subjects.map(({ id }) => {
                      const one = sheet.options[id]
                      return (
                        <Table.Td key={id}>
                          <Num value={one ? scoreOf(one.scores) / 100 : null} />
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
                            onClick={() => onRemove(sheet.role)}
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
            scored={{ ...scored, save: (sheet) => scored.save(sheet, () => setEditing(null)) }}
            kept={kept}
            taken={scores.map(({ role }) => role)}
            onCancel={() => setEditing(null)}
          />
        </Stack>
      </Modal>
    </Paper>
  )
} // prettier-ignore
