import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** The way to a new dispute where nothing says yet with whom: the workspace is asked for. */
export function ChoosePartner() {
  const { t } = useTranslation(['dispute', 'common'])
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button leftSection={<IconScale size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('raise')}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t('raise')} closeButtonProps={{ 'aria-label': t('common:close') }}>
        <Choice onClose={() => setOpen(false)} />
      </Modal>
    </>
  )
} // prettier-ignore

function Choice({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['dispute', 'common'])
  const { f, pick } = useLocale()
  const orpc = useOrpc()
  const [chosen, setChosen] = useState<string | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const all = useQuery(orpc.workspaces.list.queryOptions())
  const offered = (all.data ?? []).filter(({ kind, partners }) => kind !== 'internal' && partners.length > 0)
  const id = chosen ?? offered[0]?.id ?? null
  const workspace = useQuery({ ...orpc.workspaces.get.queryOptions({ input: { workspace: id ?? '' } }), enabled: id !== null })
  const channels = workspace.data?.channels ?? []
  const channel = channels.find((one) => one.id === picked)?.id ?? channels[0]?.id
  const beginning = useMutation({
    ...orpc.disputes.begin.mutationOptions(),
    onSuccess: ({ id: draft }) => go(to.disputeDraft(draft)),
  })
  if (all.data && offered.length === 0)
    return (
      <Stack>
        <Text fw={600}>{t('new.nowhere.title')}</Text>
        <Text>{t('new.nowhere.text')}</Text>
        <Group justify="flex-end">
          <Button component="a" href={hrefOf(to.workspaces())}>
            {t('new.nowhere.action')}
          </Button>
        </Group>
      </Stack>
    )
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (channel) beginning.mutate({ channel, subject: null })
      }}
    >
      <Select
        label={t('new.workspace')}
        data={offered.map(({ id: value, name, partners }) => ({ value, label: `${f.list(partners.map((one) => pick(one.name)))} · ${pick(name)}` }))}
        value={id}
        allowDeselect={false}
        onChange={(next) => {
          setChosen(next)
          setPicked(null)
        }}
        data-autofocus
      />
      {channels.length > 1 ? (
        <Select
          label={t('new.channel')}
          data={channels.map((one) => ({ value: one.id, label: pick(one.name) }))}
          value={channel ?? null}
          allowDeselect={false}
          onChange={setPicked}
        />
      ) : null}
      <RefusalAlert refusal={all.error ? refusalOf(all.error) : beginning.error ? refusalOf(beginning.error) : null} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={channel === undefined} loading={beginning.isPending}>
          {t('common:next')}
        </Button>
      </Group>
    </Stack>
  )
} // prettier-ignore
