import { ActionIcon, Button, Group, Paper, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { LiveChoice, LiveDate, LiveText } from './live-field.tsx'

/** Who the standard is for, and whom it lets off for a while. */
export function Scope() {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const { live, mayWrite, view, rows, inScope, partyName, released, content } = useDesk()
  const waivers = rows('waivers')
  const parties = view.parties.map(({ id }) => ({ value: id as string, label: partyName(id) }))
  const tests = new Map(
    [...content.tests, ...released.flatMap((each) => each.content.tests)].map((test) => [
      test.id,
      pick(test.title) || t('test.unnamed'),
    ]),
  )
  const toggle = (party: string, isIn: boolean): void => {
    const row = rows('scope').find(({ values }) => values.party === party)
    if (row) live.set('scope', row.id, 'state', isIn ? 'in' : 'out')
    else live.add('scope', { party, state: isIn ? 'in' : 'out' })
  }
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Paper>
        <Stack gap="sm">
          <Title order={2}>{t('scope.title')}</Title>
          <Text fz="sm" c="dimmed">
            {t('scope.text')}
          </Text>
          {view.parties.map(({ id }) => (
            <Switch
              key={id}
              label={partyName(id)}
              checked={inScope.includes(id)}
              disabled={!mayWrite}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Paper>
      <Paper>
        <Stack gap="sm">
          <Group justify="space-between">
            <Title order={2}>{t('waiver.title')}</Title>
            {mayWrite && tests.size > 0 ? (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={15} aria-hidden="true" />}
                onClick={() => live.add('waivers', {})}
              >
                {t('waiver.add')}
              </Button>
            ) : null}
          </Group>
          {waivers.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t('waiver.none')}
            </Text>
          ) : null}
          {waivers.map((row) => (
            <Group key={row.id} align="flex-end" gap="xs" wrap="nowrap">
              <SimpleGrid cols={2} style={{ flex: 1 }} spacing="xs">
                <LiveChoice set="waivers" row={row} field="party" data={parties} />
                <LiveChoice
                  set="waivers"
                  row={row}
                  field="test"
                  data={[...tests].map(([value, label]) => ({ value, label }))}
                />
                <LiveChoice
                  set="waivers"
                  row={row}
                  field="version"
                  clearable
                  data={released.map(({ version }) => ({ value: version, label: f.digits(version) }))}
                />
                <LiveDate set="waivers" row={row} field="until" />
                <LiveText set="waivers" row={row} field="reason" />
              </SimpleGrid>
              {mayWrite ? (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  size="lg"
                  aria-label={t('waiver.remove')}
                  onClick={() => live.remove('waivers', row.id)}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              ) : null}
            </Group>
          ))}
        </Stack>
      </Paper>
    </SimpleGrid>
  )
}
