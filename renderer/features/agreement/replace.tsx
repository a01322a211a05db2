import { Alert, Anchor, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AGREEMENTS, isOffered } from '#shared/artifacts/agreement-kinds.ts'
import type { AgreementLifeView } from '#shared/projection/agreement-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** What takes this agreement's place, now or on its day. */
export function Replaced({ view: { life } }: { readonly view: AgreementLifeView }) {
  const { t } = useTranslation('agreement-life')
  const { f, pick } = useLocale()
  return life.replacements.map(({ artifact, title, on }) => (
    <Alert key={artifact} color="sand" role="status">
      <Text fz="sm">
        {t(life.state === 'superseded' ? 'replacedPast' : 'replaced', { title: pick(title), day: f.date(on) })}
      </Text>
      <Anchor fz="sm" href={hrefOf(to.document(artifact))}>
        {t('openReplacement')}
      </Anchor>
    </Alert>
  ))
}

/** Begins a draft that is to take this agreement's place. */
export function Replace() {
  const { t } = useTranslation('agreement-life')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('replace')}
      </Button>
      {isOpen ? <Ask onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Ask({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['agreement-life', 'common'])
  const { pick } = useLocale()
  const { agreement, draft } = useDesk()
  const orpc = useOrpc()
  const workspaces = useQuery(orpc.workspaces.list.queryOptions())
  const workspace = workspaces.data?.find(({ id }) => id === agreement.workspace)
  const [type, setType] = useState(agreement.type)
  const [title, setTitle] = useState(draft.agreement?.values.title ?? agreement.title)
  const beginning = useMutation({
    ...orpc.agreements.replace.mutationOptions(),
    onSuccess: ({ artifact }) => go(to.document(artifact, 'facts')),
  })
  const named = title.en.trim() !== '' || title.ar.trim() !== ''
  const kinds = AGREEMENTS.filter((one) => one.type === agreement.type || (workspace && isOffered(one.type, workspace.kind))) // prettier-ignore
  return (
    <Modal opened onClose={onClose} title={t('replaceAsk')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          const both = { en: title.en.trim(), ar: title.ar.trim() }
          if (named) beginning.mutate({ artifact: agreement.id, type, title: both })
        }}
      >
        <Text fz="sm">{t('replaceMeaning')}</Text>
        <Select
          label={t('kind')}
          {...(type !== agreement.type && { description: t('kindOther') })}
          data={kinds.map((one) => ({ value: one.type, label: pick(one.label) }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => next && setType(next)}
        />
        <BilingualInputs legend={t('name')} value={title} onChange={setTitle} />
        <RefusalAlert refusal={beginning.error ? refusalOf(beginning.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!named} loading={beginning.isPending}>
            {t('begin')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
