import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  Divider,
  Group,
  Menu,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { IconTrash, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { amountOf, standingOf, type Standing } from '#shared/agreement/authority.ts'
import { isGiven, tablesOf } from '#shared/agreement/tables.ts'
import { termText } from '#shared/agreement/term-text.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Plain } from '#shared/living/register.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk, type DraftSet } from './desk.tsx'
import { DraftBoth, DraftChoice, DraftDate, DraftText } from './draft-field.tsx'
import { DraftValue } from './draft-value.tsx'
import { StandingText } from './standing-text.tsx'

type Row = { readonly id: string; readonly values: object; readonly conflicts: ReadonlyMap<string, never> } | null

/** What the agreement is called, which law and language govern it, its terms, parties and signatories. */
export function Facts() {
  const { t } = useTranslation('agreement')
  const { draft, kind } = useDesk()
  const { pick } = useLocale()
  const agreement = placesOf('agreement', draft.agreement as Row, 'it')
  return (
    <Stack gap="lg">
      <Paper>
        <Title order={2} mb="md">
          {t('facts.title')}
        </Title>
        <Stack>
          <DraftBoth {...agreement('title')} />
          <Replacing />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <DraftDate {...agreement('effectiveOn')} />
            <DraftChoice {...agreement('prevailing')} />
            <DraftChoice {...agreement('law')} />
          </SimpleGrid>
        </Stack>
      </Paper>
      <Paper>
        <Title order={2} mb={4}>
          {t('terms.title')}
        </Title>
        <Text fz="sm" c="dimmed" mb="md">
          {t('terms.about')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
          {Object.entries(kind.terms).map(([name, spec]) => {
            const value = draft.terms[name] ?? null
            const held = draft.termConflicts.get(name)
            const reads = isGiven(value) ? pick(termText(spec, value)) : t('terms.none')
            return <DraftValue key={name} set="terms" record="it" field={name} spec={spec} value={value} held={held} reads={reads} /> // prettier-ignore
          })}
        </SimpleGrid>
      </Paper>
      <Parties />
      <Signatories />
    </Stack>
  )
}

/** What this draft is to replace; whoever may write it may leave that out. */
function Replacing() {
  const { t } = useTranslation('agreement')
  const { draft, live, agreement } = useDesk()
  const { pick, f } = useLocale()
  const replaces = draft.agreement?.values.replaces
  if (!replaces) return null
  return (
    <Alert color="sand" title={t('facts.replaces')}>
      <Stack gap="xs" align="flex-start">
        <Anchor fz="sm" href={hrefOf(to.document(replaces.artifact, 'life'))}>
          {t('facts.replacesText', { title: pick(replaces.title), day: f.date(replaces.effectiveOn) })}
        </Anchor>
        <HashBadge hash={replaces.hash} label={pick(replaces.title)} />
        <RefusalAlert refusal={agreement.replacing} />
        {live.mayWrite ? (
          <Button size="xs" variant="default" onClick={() => live.set('agreement', 'it', 'replaces', undefined)}>
            {t('facts.replacesRemove')}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  )
}

const placesOf =
  (set: DraftSet, row: Row, record: string) =>
  (field: string): { set: DraftSet; record: string; field: string; value: Plain | undefined; held: undefined } => ({
    set,
    record,
    field,
    value: (row?.values as Readonly<Record<string, Plain | undefined>> | undefined)?.[field],
    held: row?.conflicts.get(field),
  })

/** How parties are called in order; the names `{partyA}` and so on stay those of the template. */
const LETTERS = { en: [...'ABCDEFGH'], ar: [...'أبجدهوزح'] } as const

function Parties() {
  const { t } = useTranslation('agreement')
  const { draft, kind, live, agreement } = useDesk()
  const { pick, locale } = useLocale()
  // Whoever came into the channel after the draft began is no party of it yet.
  const known = new Set(draft.parties.map(({ values }) => values.company))
  const newcomers = new Map(agreement.people.map((one) => [one.company, one]))
  const missing = live.mayWrite ? [...newcomers.values()].filter(({ company }) => !known.has(company)) : []
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('parties.title')}
      </Title>
      <Stack gap="md">
        {draft.parties.map((party, at) => {
          const place = placesOf('parties', party as unknown as Row, party.id)
          return (
            <Stack key={party.id} gap="xs">
              {at > 0 ? <Divider /> : null}
              <Text fw={600}>
                {t('parties.letter', { letter: LETTERS[locale][at] ?? String(at + 1) })}{' '}
                <bdi>{party.values.name ? pick(party.values.name) : ''}</bdi>
              </Text>
              <DraftBoth {...place('name')} />
              {Object.keys(kind.roles).length > 0 ? <DraftChoice {...place('role')} /> : null}
              <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
                <DraftText {...place('registration')} language="en" />
                <DraftDate {...place('registrationUntil')} />
              </SimpleGrid>
              <DraftBoth {...place('address')} />
            </Stack>
          )
        })}
        {missing.map(({ company, companyName }) => (
          <Group key={company}>
            <Button
              size="sm"
              variant="default"
              onClick={() =>
                live.add('parties', { company, name: { ...companyName }, order: `a${String(draft.parties.length)}` })
              }
            >
              {t('parties.add', { company: pick(companyName) })}
            </Button>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}

/** How each signatory of the draft stands by now, against the draft's own values. */
function useStandings() {
  const { draft, kind, agreement } = useDesk()
  const terms = Object.fromEntries(
    Object.entries(draft.terms).flatMap(([name, value]) => (value === null ? [] : [[name, { value, text: NO_TEXT }]])),
  )
  const said = { terms, tables: tablesOf(kind, draft) } as Parameters<typeof amountOf>[1]
  const content = { type: kind.type, signatories: draft.signatories.map(({ values }) => values) }
  return ({ company, person }: (typeof draft.signatories)[number]['values']): Standing | null => {
    const found = agreement.people.find((one) => one.company === company && one.person === person)
    return found ? standingOf(found.signer, content, amountOf(kind, said), Date.now() as Instant) : null
  }
}
const NO_TEXT = { en: '', ar: '' }

function Signatories() {
  const { t } = useTranslation(['agreement', 'common'])
  const { live, draft, agreement } = useDesk()
  const { pick, f } = useLocale()
  const roles = (list: readonly string[]): string => f.list(list.map((role) => t(`common:role.${role as 'coo'}`)))
  const standings = useStandings()
  const named = new Set(draft.signatories.map(({ values }) => `${values.company ?? ''}/${values.person ?? ''}`))
  const free = agreement.people.filter(({ company, person }) => !named.has(`${company}/${person}`))
  return (
    <Paper>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('signatories.title')}</Title>
        {live.mayWrite ? (
          <Menu position="bottom-end" width={320}>
            <Menu.Target>
              <Button
                size="sm"
                variant="default"
                disabled={free.length === 0}
                leftSection={<IconUserPlus size={16} aria-hidden="true" />}
              >
                {t('signatories.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {free.map((one) => (
                <Menu.Item
                  key={`${one.company}/${one.person}`}
                  onClick={() =>
                    live.add('signatories', {
                      company: one.company,
                      person: one.person,
                      name: { ...one.name },
                      order: `a${String(draft.signatories.length)}`,
                    })
                  }
                >
                  <Text fz="sm">
                    <bdi>{pick(one.name)}</bdi>
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {pick(one.companyName)} · {roles(one.roles)}
                  </Text>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="md">
        {t('signatories.about')}
      </Text>
      <Stack gap="md">
        {draft.signatories.length === 0 ? <Text>{t('signatories.none')}</Text> : null}
        {draft.signatories.map((one) => {
          const place = placesOf('signatories', one as unknown as Row, one.id)
          const party = draft.parties.find(({ values }) => values.company === one.values.company)?.values.name
          const name = one.values.name ? pick(one.values.name) : ''
          return (
            <Stack key={one.id} gap="xs">
              <Group justify="space-between">
                <Text fw={600}>
                  <bdi>{name}</bdi>
                  {party ? (
                    <Text span c="dimmed" fw={400}>
                      {' '}
                      · <bdi>{pick(party)}</bdi>
                    </Text>
                  ) : null}
                </Text>
                {live.mayWrite ? (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t('signatories.remove', { name })}
                    onClick={() => live.remove('signatories', one.id)}
                  >
                    <IconTrash size={16} aria-hidden="true" />
                  </ActionIcon>
                ) : null}
              </Group>
              <StandingText standing={standings(one.values)} />
              {/* People say their name in one language when they join; an agreement needs it in both. */}
              <DraftBoth {...place('name')} />
              <DraftBoth {...place('capacity')} />
            </Stack>
          )
        })}
      </Stack>
    </Paper>
  )
}
