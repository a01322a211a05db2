import {
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  MultiSelect,
  Paper,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { IconRubberStamp, IconScale } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SUBJECT_KINDS } from '#shared/artifacts/dispute-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { DisputeDraft, DisputeDraftView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useSentence } from '#ui/parts/sentence.ts'
import { Said } from '#ui/parts/said.tsx'
import { PathForm } from './path-form.tsx'
import { usePathWords } from './path-words.ts'
import { useDraft } from './use-draft.ts'

/** A dispute that is being written. It lies in this vault until it is raised. */
export function DraftPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('dispute')
  const found = useQuery(useOrpc().disputes.draft.queryOptions({ input: { draft: id } }))
  return (
    <>
      <PageHeader title={t('new.title')} lead={t('new.lead')} back={{ label: t('back'), href: hrefOf(to.disputes()) }} />
      {found.error ? <RefusalAlert refusal={refusalOf(found.error)} /> : null}
      {found.isPending ? <Loading /> : null}
      {found.data ? <Form stored={found.data} /> : null}
    </>
  )
} // prettier-ignore

function Form({ stored }: { readonly stored: DisputeDraftView }) {
  const { t } = useTranslation('dispute')
  const draft = useDraft(stored)
  const { values, set, kept } = draft
  return (
    <Stack gap="lg">
      {stored.asked ? (
        <Alert color="amber" variant="light" icon={<IconRubberStamp aria-hidden="true" />}>
          {t('draft.waits')}{' '}
          <Anchor inherit underline="always" href={hrefOf(to.approvals())}>
            {t('list.approvals')}
          </Anchor>
        </Alert>
      ) : null}
      <About stored={stored} values={values} set={set} />
      <Paper component="section" aria-label={t('subject.issue')}>
        <Stack>
          <Textarea
            label={t('new.issue')}
            description={t('new.issueHint')}
            dir="auto"
            autosize
            minRows={4}
            maxLength={8000}
            value={values.issue}
            onChange={(event) => set({ issue: event.currentTarget.value })}
          />
          <Textarea
            label={t('new.position')}
            description={t('new.positionHint')}
            dir="auto"
            autosize
            minRows={4}
            maxLength={20_000}
            value={values.position}
            onChange={(event) => set({ position: event.currentTarget.value })}
          />
        </Stack>
      </Paper>
      <PathForm path={values.path} choices={kept.choices} onChange={(path) => set({ path })} />
      <Raise draft={draft} />
    </Stack>
  )
}

/** The thing, the part of it, and who is a party. */
function About(props: { readonly stored: DisputeDraftView; readonly values: DisputeDraft; readonly set: (part: Partial<DisputeDraft>) => void }) {
  const { stored: { choices }, values, set } = props
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const { subject, parties } = values
  const own = choices.companies.find((one) => one.own)?.company
  const groups = SUBJECT_KINDS.flatMap((kind) => {
    const items = choices.subjects.filter((one) => one.kind === kind)
    return items.length === 0 ? [] : [{ group: t(`kind.${kind}`), items: items.map((one) => ({ value: one.id, label: pick(one.title) })) }]
  })
  return (
    <Paper component="section" aria-label={t('new.about')}>
      <Title order={2} mb="sm">
        {t('new.about')}
      </Title>
      <Stack>
        <Select
          label={t('new.pick')}
          description={t('new.aboutHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          data={groups}
          value={subject?.id ?? null}
          allowDeselect={false}
          onChange={(next) => {
            const chosen = choices.subjects.find(({ id }) => id === next)
            if (chosen) set({ subject: { kind: chosen.kind, id: chosen.id, clause: subject?.clause ?? '' } })
          }}
        />
        {subject ? (
          <TextInput
            label={t('new.clause')}
            description={t('new.clauseHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="auto"
            maxLength={400}
            value={subject.clause}
            onChange={(event) => set({ subject: { ...subject, clause: event.currentTarget.value } })}
          />
        ) : null}
        {choices.companies.length > 2 ? (
          <MultiSelect
            label={t('new.parties')}
            data={choices.companies.filter((one) => !one.own).map((one) => ({ value: one.company, label: pick(one.name) }))}
            value={parties.filter((one) => one !== own)}
            onChange={(next) => set({ parties: [...(own ? [own] : []), ...(next as CompanyId[])] })}
          />
        ) : null}
      </Stack>
    </Paper>
  )
} // prettier-ignore

/** What is missing, and then the question whether to send it. */
function Raise({ draft }: { readonly draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation('dispute')
  const sentence = useSentence()
  const notify = useNotify()
  const [asking, setAsking] = useState<{ readonly hash: string } | null>(null)
  const { kept, whole, busy } = draft
  const opening = useMutation({
    ...useOrpc().disputes.open.mutationOptions(),
    onSuccess: ({ id }) => {
      notify.done(t('new.done'))
      go(to.dispute(id))
    },
    onSettled: () => setAsking(null),
  })
  const ask = async (): Promise<void> => {
    opening.reset()
    const view = await whole()
    if (view?.hash) setAsking({ hash: view.hash })
  }
  return (
    <Paper component="section" aria-label={t('new.action')}>
      {kept.gates.length > 0 ? (
        <Stack gap={4} mb="sm">
          <Text fw={600}>{t('new.missing')}</Text>
          <ul style={{ margin: 0 }}>
            {kept.gates.map((gate) => (
              <li key={gate}>
                <Text fz="sm">{sentence({ module: 'disputes', code: gate })}</Text>
              </li>
            ))}
          </ul>
        </Stack>
      ) : null}
      <Group justify="space-between">
        <Group gap="xs">
          <Badge variant="light" color={busy ? 'sand' : 'gray'} role="status" tt="none">
            {t(busy ? 'draft.keeping' : 'draft.kept')}
          </Badge>
        </Group>
        <Button leftSection={<IconScale size={18} aria-hidden="true" />} loading={busy && asking !== null} onClick={() => void ask()}>
          {t('new.action')}
        </Button>
      </Group>
      {opening.error ? <RefusalAlert refusal={refusalOf(opening.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking !== null}
        title={t('new.ask')}
        action={t('new.action')}
        busy={opening.isPending}
        onConfirm={() => asking && opening.mutate({ draft: kept.id, hash: asking.hash })}
        onClose={() => setAsking(null)}
      >
        <Text>{t('new.meaning')}</Text>
        <Summary draft={kept} />
      </ConfirmModal>
    </Paper>
  )
} // prettier-ignore

function Summary({ draft: { values, choices } }: { readonly draft: DisputeDraftView }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  const words = usePathWords()
  const about = choices.subjects.find(({ id }) => id === values.subject?.id)
  const others = choices.companies.filter((one) => !one.own && values.parties.includes(one.company))
  return (
    <KeyValue
      items={[
        [t('new.workspace'), f.list(others.map(({ name }) => pick(name)))],
        [t('new.about'), about ? pick(about.title) : '—'],
        values.subject?.clause ? [t('new.clause'), values.subject.clause] : null,
        [t('new.position'), <Said key="position" lineClamp={4} fz="sm">{values.position}</Said>],
        [t('path.title'), [...values.path.levels.map((level) => `${words.name(level)} (${words.length(level)})`), words.fallback(values.path.fallback)].join(' · ')],
      ]}
    />
  )
} // prettier-ignore
