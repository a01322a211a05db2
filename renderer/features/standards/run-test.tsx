import { Alert, Button, Group, Modal, Radio, Stack, Table, Text, Textarea } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckView } from '#shared/projection/standard-views.ts'
import type { TestContent } from '#shared/standards/content.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Bidi } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { useDesk } from './desk.tsx'

/** Runs a test on a file that stays here; then, if the person wants, result and hash are told to the partners. */
export function RunTest(props: {
  readonly test: TestContent
  readonly version: string | null
  readonly onClose: () => void
}) {
  const { test, version, onClose } = props
  const { t } = useTranslation(['standards', 'common'])
  const { f, pick } = useLocale()
  const { artifact, view } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const [file, setFile] = useState<{ id: string; name: string } | null>(null)
  const [said, setSaid] = useState<'pass' | 'fail' | null>(null)
  const [note, setNote] = useState('')
  const byHand = test.method === 'manual'
  const checking = useMutation({
    mutationFn: async (given: File) => {
      const id = await upload(client, given)
      setFile({ id, name: given.name })
      return byHand ? null : client.standards.check({ artifact, version, test: test.id, upload: id })
    },
  })
  const telling = useMutation({
    ...useOrpc().standards.tell.mutationOptions(),
    onSuccess: () => {
      notify.done(t('run.told'))
      onClose()
    },
  })
  const ready = byHand ? said !== null : checking.data !== undefined && checking.data !== null
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={pick(test.title) || t('test.unnamed')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        {byHand && test.input ? <Said>{test.input}</Said> : null}
        {test.evidence ? (
          <Text fz="sm" c="dimmed">
            {t('run.evidence')} <bdi>{test.evidence}</bdi>
          </Text>
        ) : null}
        {byHand ? (
          <Radio.Group label={t('run.result')} value={said} onChange={(value) => setSaid(value as 'pass' | 'fail')}>
            <Group mt="xs">
              <Radio value="pass" label={t('result.pass')} />
              <Radio value="fail" label={t('result.fail')} />
            </Group>
          </Radio.Group>
        ) : null}
        <FileDrop
          label={t(byHand ? 'run.proof' : 'run.file')}
          hint={t('run.stays')}
          busy={checking.isPending}
          onFile={(given) => checking.mutate(given)}
        />
        {file ? (
          <Text fz="sm">
            <bdi>{file.name}</bdi>
          </Text>
        ) : null}
        {checking.error ? <RefusalAlert refusal={refusalOf(checking.error)} /> : null}
        {checking.data ? <Outcome outcome={checking.data} /> : null}
        {version !== null && view.mayWrite ? (
          <>
            <Textarea
              label={t('run.note')}
              dir="auto"
              autosize
              minRows={2}
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {telling.error ? <RefusalAlert refusal={refusalOf(telling.error)} /> : null}
            <Text fz="sm" c="dimmed">
              {t('run.leaves')}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:close')}
              </Button>
              <Button
                disabled={!ready}
                loading={telling.isPending}
                onClick={() =>
                  telling.mutate({ artifact, version, test: test.id, upload: file?.id ?? null, result: said, note })
                }
              >
                {t('run.tell')}
              </Button>
            </Group>
          </>
        ) : (
          <Text fz="sm" c="dimmed">
            {version === null ? t('run.dry') : t('run.read', { version: f.digits(version) })}
          </Text>
        )}
      </Stack>
    </Modal>
  )
}

function Outcome({ outcome }: { readonly outcome: CheckView }) {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const passed = outcome.result === 'pass'
  return (
    <Stack gap="xs">
      <Alert
        role="status"
        color={passed ? 'leaf' : 'red'}
        variant="light"
        icon={passed ? <IconCheck aria-hidden="true" /> : <IconX aria-hidden="true" />}
        title={t(passed ? 'run.passed' : 'run.failed', { count: outcome.found })}
      >
        <HashBadge hash={outcome.sha256} label={t('run.hash')} />
      </Alert>
      {passed ? null : (
        <Table.ScrollContainer minWidth={420} mah={260}>
          <Table fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('finding.at')}</Table.Th>
                <Table.Th>{t('finding.what')}</Table.Th>
                <Table.Th>{t('finding.value')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {outcome.findings.map(({ at, rule, code, excerpt }, index) => (
                <Table.Tr key={index}>
                  <Table.Td>
                    <Bidi mono>{at === '' ? '—' : at}</Bidi>
                  </Table.Td>
                  <Table.Td>
                    {t(`finding.code.${code}`)} {rule ? <Bidi mono>{rule}</Bidi> : null}
                  </Table.Td>
                  <Table.Td>
                    <bdi>{excerpt}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {outcome.found > outcome.findings.length ? (
        <Text fz="sm" c="dimmed">
          {t('run.first', { shown: f.number(outcome.findings.length), found: f.number(outcome.found) })}
        </Text>
      ) : null}
    </Stack>
  )
}
