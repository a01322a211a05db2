import { Kbd, Modal, Stack, Table, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AppState } from '#shared/projection/app-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useClient, useOrpc } from './engine.tsx'
import { switchLocale } from './i18n.ts'
import { AREAS, go, to, type Route } from './route.ts'

export const openPalette = (): void => spotlight.open()

/** The command palette and the list of keys. The keys that call them belong to the frame, which is there earlier. */
export function Commands(props: {
  readonly state: AppState
  readonly help: boolean
  readonly onHelp: (shown: boolean) => void
}) {
  const { state } = props
  const showHelp = () => props.onHelp(true)
  const { t } = useTranslation()
  const { locale, pick } = useLocale()
  const client = useClient()
  const orpc = useOrpc()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const workspaces = useQuery(orpc.workspaces.list.queryOptions())
  const artifacts = useQuery(orpc.artifacts.list.queryOptions({ input: {} }))
  const datasets = useQuery(orpc.datasets.list.queryOptions())

  const place = (label: string, route: Route, description?: string): SpotlightActionData => ({
    id: `${route.area}/${route.path.join('/')}`,
    label,
    onClick: () => go(route),
    ...(description ? { description } : {}),
  })
  const act = (id: string, label: string, run: () => void): SpotlightActionData => ({ id, label, onClick: run })

  return (
    <>
      <Spotlight
        shortcut={null}
        nothingFound={t('palette.nothing')}
        highlightQuery
        scrollable
        returnFocus={false}
        maxHeight={420}
        attributes={{ content: { 'aria-label': t('shortcuts.palette') } }}
        searchProps={{
          leftSection: <IconSearch size={18} aria-hidden="true" />,
          placeholder: t('palette.placeholder'),
          'aria-label': t('palette.placeholder'),
        }}
        actions={[
          {
            group: t('palette.areas'),
            actions: AREAS.map((area) => place(t(`area.${area}`), { area, path: [], query: {} })),
          },
          {
            group: t('palette.actions'),
            actions: [
              place(t('action.importData'), to.importData()),
              place(t('action.newDisclosure'), to.newDisclosure()),
              place(t('action.seeAs'), to.seeAs()),
              place(t('action.newWorkspace'), to.newWorkspace()),
              place(t('action.openInvitation'), to.openInvitation()),
              ...(state.sample ? [place(t('sample.beside'), to.sideBySide())] : []),
              {
                ...act(
                  'language',
                  locale === 'ar' ? 'English' : 'العربية',
                  () => void switchLocale(locale === 'ar' ? 'en' : 'ar'),
                ),
                lang: locale === 'ar' ? 'en' : 'ar',
              },
              act('scheme', t(scheme === 'dark' ? 'scheme.toLight' : 'scheme.toDark'), () =>
                setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
              ),
              act('help', t('shortcuts.title'), showHelp),
              ...(state.sample ? [] : [act('lock', t('lock'), () => void client.vault.lock({}))]),
            ],
          },
          {
            group: t('area.settings'),
            actions: (['company', 'people', 'vault', 'lost-laptop', 'about'] as const).map((page) =>
              place(t(`settingsPage.${page}`), to.settings(page)),
            ),
          },
          {
            group: t('area.workspaces'),
            actions: (workspaces.data ?? []).map((one) =>
              place(pick(one.name), to.workspace(one.id), pick(one.outcome)),
            ),
          },
          {
            group: t('palette.forecasts'),
            actions: (artifacts.data ?? []).map((one) => place(pick(one.title), to.artifact(one.id), pick(one.owner))),
          },
          {
            group: t('area.private'),
            actions: (datasets.data ?? []).map((one) => place(one.name, to.dataset(one.id))),
          },
        ]}
      />
      <Modal opened={props.help} onClose={() => props.onHelp(false)} title={t('shortcuts.title')}>
        <Stack>
          <Table>
            <Table.Tbody>
              {[
                ['Ctrl + K', t('shortcuts.palette')],
                ...AREAS.map((area, index) => [`Alt + ${index + 1}`, t(`area.${area}`)]),
                ['?', t('shortcuts.help')],
                ['← ↑ → ↓', t('shortcuts.table')],
                ['Esc', t('shortcuts.escape')],
              ].map(([keys, meaning]) => (
                <Table.Tr key={keys}>
                  <Table.Td w={130}>
                    <Kbd dir="ltr">{keys}</Kbd>
                  </Table.Td>
                  <Table.Td>
                    <Text fz="sm">{meaning}</Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      </Modal>
    </>
  )
}
