import { Alert, Button, Group, Text, TextInput } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { ActModal } from './act-modal.tsx'
import { areWhole, FindingFields, NO_WORDS } from './finding.tsx'

/** The award of the institution or court, by the hash of its file, which does not leave the machine. */
export function RecordAward({ one, onClose }: { readonly one: DisputeView; readonly onClose: () => void }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const [file, setFile] = useState<{ readonly name: string; readonly hash: string } | null>(null)
  const [reference, setReference] = useState(one.referral?.reference ?? '')
  const [words, setWords] = useState(NO_WORDS)
  const hashing = useMutation({
    mutationFn: async (given: File) => ({ name: given.name, hash: await sha256Of(given) }),
    onSuccess: setFile,
  })
  const recording = useMutation({
    ...useOrpc().disputes.award.mutationOptions(),
    onSuccess: () => {
      notify.done(t('award.done'))
      onClose()
    },
  })
  const [other] = one.awards
  const { finding, terms } = words
  return (
    <ActModal
      title={t('award.action')}
      about={t('award.about')}
      action={t('award.send')}
      whole={file !== null && reference.trim() !== '' && areWhole(words)}
      busy={recording.isPending}
      refusal={recording.error ? refusalOf(recording.error) : null}
      onSend={() => file && finding && recording.mutate({ artifact: one.id, dispute: one.dispute, award: file.hash, reference, finding, terms })}
      onClose={onClose}
    >
      <FileDrop label={t('award.file')} hint={t('award.fileHint')} busy={hashing.isPending} onFile={(given) => hashing.mutate(given)} />
      {hashing.error ? <Alert color="red">{t('award.unread')}</Alert> : null}
      {file ? (
        <Text fz="sm">
          <bdi>{file.name}</bdi> · <HashBadge hash={file.hash} label={t('award.hash')} />
        </Text>
      ) : null}
      {file && other && other.award !== file.hash ? <Alert color="amber">{t('award.otherFile')}</Alert> : null}
      <TextInput
        label={t('refer.reference')}
        dir="auto"
        maxLength={200}
        required
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      {other ? (
        <Group>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconCopy size={16} aria-hidden="true" />}
            onClick={() => setWords({ finding: other.finding, terms: other.terms })}
          >
            {t('award.like')}
          </Button>
        </Group>
      ) : null}
      <FindingFields one={one} words={words} onChange={setWords} />
      {other && areWhole(words) && (other.finding !== finding || other.terms !== terms) ? <Alert color="amber">{t('award.otherWords')}</Alert> : null}
    </ActModal>
  )
} // prettier-ignore

/** SHA-256 of a file's bytes, as hex. */
async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
