import { Alert, Badge, Button, Group, Menu, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconGitCompare, IconPlus, IconRocket, IconTag, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareContents } from '#shared/standards/compare.ts'
import { versionState } from '#shared/standards/due.ts'
import { adoptionsNow } from '#shared/standards/facts.ts'
import { adoptionRate, passRateOfVersion } from '#shared/standards/rates.ts'
import { compareVersions, newestOf, proposeVersion } from '#shared/standards/semantic-version.ts'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Bidi, When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { CompareVersions } from './compare-versions.tsx'
import { useDesk, type Row } from './desk.tsx'
import { ExportMenu } from './export-menu.tsx'
import { LiveDate, LiveText } from './live-field.tsx'
import { Migration } from './migration.tsx'
import { RateText } from './rate-text.tsx'
import { Release } from './release.tsx'

const STATE_COLOR = { draft: 'gray', released: 'leaf', deprecated: 'amber', withdrawn: 'red' } as const

/** Versions: what is planned, what was released and stays as it was, who runs it, and how any two differ. */
export function Versions() {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const { live, artifact, mayWrite, rows, released, content, view, partyName } = useDesk()
  const [comparing, setComparing] = useState(false)
  const records = rows('versions')
  const newest = newestOf(released.map(({ version }) => version))
  const last = released.find(({ version }) => version === newest)
  const proposed = proposeVersion(newest, last ? compareContents(last.content, content) : null)
  const planned = records.filter(({ values }) => !released.some(({ version }) => version === values.number))
  const orphans = released.filter(({ version }) => !records.some(({ values }) => values.number === version))
  const done = records
    .filter(({ values }) => released.some(({ version }) => version === values.number))
    .toSorted((left, right) => compareVersions(right.values.number ?? '', left.values.number ?? ''))
  return (
    <Stack>
      <Group justify="flex-end">
        {released.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconGitCompare size={18} aria-hidden="true" />}
            aria-expanded={comparing}
            onClick={() => setComparing(!comparing)}
          >
            {t('compare.action')}
          </Button>
        ) : null}
        {mayWrite && planned.length === 0 ? (
          <Button
            leftSection={<IconPlus size={18} aria-hidden="true" />}
            onClick={() => live.add('versions', { number: proposed })}
          >
            {t('version.plan', { version: f.digits(proposed) })}
          </Button>
        ) : null}
      </Group>
      {view.contested.map(({ version, by }) => (
        <Alert key={version} color="red" title={t('version.contested', { version: f.digits(version) })}>
          {t('version.contestedText', { companies: f.list(by.map(partyName)) })}
        </Alert>
      ))}
      {comparing ? <CompareVersions /> : null}
      {records.length + orphans.length === 0 ? (
        <EmptyState icon={<IconTag aria-hidden="true" />} title={t('version.none')} text={t('version.noneText')} />
      ) : null}
      {planned.map((row) => (
        <Planned key={row.id} row={row} />
      ))}
      {done.map((row) => (
        <ReleasedVersion key={row.id} version={row.values.number ?? ''} row={row} />
      ))}
      {orphans.map(({ version }) => (
        <ReleasedVersion key={version} version={version} row={null} />
      ))}
      <DisputesAbout kind="standard" id={artifact} />
    </Stack>
  )
}

/** A version that is being prepared: its number, its words, its steps, and the release. */
function Planned({ row }: { readonly row: Row<'versions'> }) {
  const { t } = useTranslation(['standards', 'common'])
  const { live, mayWrite } = useDesk()
  const [releasing, setReleasing] = useState(false)
  const place = { set: 'versions' as const, row }
  return (
    <Paper withBorder component="section" aria-label={t('version.draft')}>
      <Stack>
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2}>{t('version.draft')}</Title>
            <Badge variant="light" color="gray">
              {t('state.draft')}
            </Badge>
          </Group>
          {mayWrite ? (
            <Group gap="xs">
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={15} aria-hidden="true" />}
                onClick={() => live.remove('versions', row.id)}
              >
                {t('common:remove')}
              </Button>
              <Button leftSection={<IconRocket size={18} aria-hidden="true" />} onClick={() => setReleasing(true)}>
                {t('release.action')}
              </Button>
            </Group>
          ) : null}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <LiveText {...place} field="number" maxLength={64} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <LiveText {...place} field="changeLog" language="en" many />
          <LiveText {...place} field="changeLogAr" language="ar" many />
        </SimpleGrid>
        <Migration version={row.id} />
      </Stack>
      {releasing ? <Release version={row.id} onClose={() => setReleasing(false)} /> : null}
    </Paper>
  )
}

function ReleasedVersion({ version, row }: { readonly version: string; readonly row: Row<'versions'> | null }) {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const { view, released, windows, inScope, partyName } = useDesk()
  const frozen = view.released.find((each) => each.version === version)
  const release = released.find((each) => each.version === version)
  if (!frozen || !release) return null
  const state = versionState(true, windows.get(version) ?? null, view.today)
  const log = pick(frozen.content.changeLog)
  return (
    <Paper withBorder component="section" aria-label={t('version.named', { version: f.digits(version) })}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Group gap="sm">
            <Title order={2}>
              <Bidi>{f.digits(version)}</Bidi>
            </Title>
            <Badge variant="light" color={STATE_COLOR[state]}>
              {t(`state.${state}`)}
            </Badge>
            <HashBadge hash={frozen.hash} label={t('version.hash')} />
          </Group>
          <Group gap="xs">
            <ExportMenu version={version} />
            <Adopt version={version} />
          </Group>
        </Group>
        <Text fz="sm" c="dimmed">
          {t('version.releasedBy', { company: partyName(frozen.by) })} <When at={frozen.at} />
        </Text>
        {log ? <Said>{log}</Said> : null}
        <Group gap="xl">
          <RateText
            label={t('rate.adoption')}
            rate={adoptionRate(version, inScope, view.adoptions)}
            counted="parties"
          />
          <RateText
            label={t('rate.conformance')}
            rate={passRateOfVersion(release, inScope, view.adoptions, view.runs)}
            counted="tests"
          />
        </Group>
        {row ? (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <LiveDate set="versions" row={row} field="deprecatedFrom" />
            <LiveDate set="versions" row={row} field="deprecatedTo" />
            <LiveDate set="versions" row={row} field="withdrawnOn" />
          </SimpleGrid>
        ) : null}
      </Stack>
    </Paper>
  )
}

/** What one's own company says of itself about a version. */
function Adopt({ version }: { readonly version: string }) {
  const { t } = useTranslation('standards')
  const { artifact, view } = useDesk()
  const notify = useNotify()
  const saying = useMutation({
    ...useOrpc().standards.adopt.mutationOptions(),
    onSuccess: () => notify.done(t('adopt.told')),
    onError: notify.refused,
  })
  const now = adoptionsNow(view.adoptions).find((one) => one.party === view.us && one.version === version)?.status
  if (!view.mayWrite) return now ? <Badge variant="light">{t(`adopt.${now}`)}</Badge> : null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant={now === 'running' ? 'light' : 'default'} loading={saying.isPending}>
          {now ? t(`adopt.${now}`) : t('adopt.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['running', 'planned', 'stopped'] as const)
          .filter((status) => status !== now)
          .map((status) => (
            <Menu.Item key={status} onClick={() => saying.mutate({ artifact, version, status })}>
              {t(`adopt.say.${status}`)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
