import { AppShell, Box, Burger, Button, Group, Kbd, NavLink, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconActivity,
  IconArrowsDiff,
  IconBriefcase,
  IconDatabase,
  IconLock,
  IconRubberStamp,
  IconScale,
  IconSearch,
  IconSettings,
  IconShare2,
  IconSun,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppState } from '#shared/projection/app-views.ts'
import { ErrorBoundary } from '#ui/parts/error-boundary.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Wordmark } from '#ui/parts/wordmark.tsx'
import { AskApproval } from './ask-approval.tsx'
import { DryRunBar } from './dry-run-bar.tsx'
import { useAlive, useClient, useOrpc } from './engine.tsx'
import classes from './frame.module.css'
import { LanguageSwitch, SchemeSwitch } from './preferences.tsx'
import { usePalette } from './palette.tsx'
import { AREAS, hrefOf, useAddress, useRoute, type Area } from './route.ts'
import { SampleBar } from './sample-bar.tsx'
import { screenOf } from './screens.tsx'
import { useTouch } from './touch.ts'

const ICON = {
  today: IconSun,
  workspaces: IconBriefcase,
  private: IconDatabase,
  disclosures: IconShare2,
  approvals: IconRubberStamp,
  contradictions: IconArrowsDiff,
  disputes: IconScale,
  activity: IconActivity,
  settings: IconSettings,
} as const

/** The app around every screen: navigation, the person, the palette, and one main region. */
export function Frame({ state }: { readonly state: AppState }) {
  const { t } = useTranslation()
  const { pick } = useLocale()
  const palette = usePalette(state)
  const route = useRoute()
  const address = useAddress()
  const alive = useAlive()
  const [opened, { toggle, close }] = useDisclosure()
  const lock = useMutation(useOrpc().vault.lock.mutationOptions())
  useTouch(useClient())
  // Whoever points at an area is about to go there. A file that is asked for while the shell is away counts as missing for good.
  const fetchAhead = (area: Area): void => void (alive && screenOf(area).prepare())
  useFocusOnHeading(address)
  const Screen = screenOf(route.area)
  const shown = route.area === 'artifact' || route.area === 'document' ? 'workspaces' : route.area
  return (
    <AppShell
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      header={{ height: { base: 52, sm: 0 } }}
      padding={{ base: 'md', sm: 'xl' }}
      classNames={{ navbar: classes.nav, main: classes.main }}
    >
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          focusHeading()
        }}
      >
        {t('skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.nav} px="md">
        <Group h="100%" justify="space-between">
          <Wordmark size={22} />
          <Burger opened={opened} onClick={toggle} size="sm" color="white" aria-label={t('menu')} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md">
        <Stack h="100%" gap="lg">
          <Box visibleFrom="sm" px={6} pt={6}>
            <Wordmark size={30} />
          </Box>
          <UnstyledButton className={classes.search} onClick={palette.open}>
            <IconSearch size={16} aria-hidden="true" />
            <span>{t('search')}</span>
            <Kbd className={classes.kbd} size="xs" aria-hidden="true">
              Ctrl K
            </Kbd>
          </UnstyledButton>
          <nav aria-label={t('areas')} className={classes.links}>
            {AREAS.map((area) => {
              const Icon = ICON[area]
              return (
                <NavLink
                  key={area}
                  href={hrefOf({ area, path: [], query: {} })}
                  label={t(`area.${area}`)}
                  leftSection={<Icon size={19} stroke={1.6} aria-hidden="true" />}
                  active={shown === area}
                  aria-current={shown === area ? 'page' : undefined}
                  classNames={{ root: classes.link, label: classes.label }}
                  onClick={close}
                  onPointerEnter={() => fetchAhead(area)}
                  onFocus={() => fetchAhead(area)}
                />
              )
            })}
          </nav>
          <Stack mt="auto" gap="sm">
            {state.company ? (
              <Box px={6}>
                <Text fz="sm" fw={600} truncate>
                  {pick(state.company.name)}
                </Text>
                {state.person ? (
                  <Text fz="xs" className={classes.dim} truncate>
                    {pick(state.person.name)}
                    {state.person.roles[0] ? ` · ${t(`role.${state.person.roles[0]}`)}` : ''}
                  </Text>
                ) : null}
              </Box>
            ) : null}
            <Group gap={6} justify="space-between" wrap="nowrap">
              <LanguageSwitch />
              <SchemeSwitch />
              {state.sample ? null : (
                <Button
                  variant="subtle"
                  className={classes.tool}
                  size="compact-sm"
                  leftSection={<IconLock size={15} aria-hidden="true" />}
                  loading={lock.isPending}
                  onClick={() => lock.mutate({})}
                >
                  {t('lock')}
                </Button>
              )}
            </Group>
          </Stack>
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="main">
        {state.sample ? <SampleBar /> : null}
        <DryRunBar route={route} />
        {alive ? null : (
          <Text role="alert" className={classes.lost}>
            {t('unreachable.banner')}
          </Text>
        )}
        <Box className={classes.page}>
          <ErrorBoundary resetKey={address}>
            <Suspense fallback={<Loading />}>
              <Screen route={route} />
            </Suspense>
          </ErrorBoundary>
        </Box>
      </AppShell.Main>
      {palette.palette}
      <AskApproval />
    </AppShell>
  )
}

/** Moves the focus to the heading of the screen; false while there is none that can take it. */
function focusHeading(): boolean {
  const heading = document.getElementById('page-heading')
  heading?.focus()
  return heading !== null && document.activeElement === heading
}

/**
 * After a navigation the focus goes to the new heading as soon as it can take it; never on the first screen. What has
 * the focus by then, because the person was quicker, keeps it.
 */
function useFocusOnHeading(address: string): void {
  const before = useRef(address)
  useEffect(() => {
    if (before.current === address) return
    before.current = address
    window.scrollTo(0, 0)
    if (focusHeading()) return
    const lost = document.activeElement
    const watch = new MutationObserver(() => {
      const elsewhere = document.activeElement !== lost && document.activeElement !== document.body
      if (elsewhere || focusHeading()) watch.disconnect()
    })
    watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] })
    return () => watch.disconnect()
  }, [address])
}
