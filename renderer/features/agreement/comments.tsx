import { Button, Collapse, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeerAgreement } from '#shared/artifacts/peer-agreement.v1.ts'
import { recordsOf } from '#shared/living/records.ts'
import { projectSet } from '#shared/living/project.ts'
import { useAuthorText, useWritten } from '#ui/app/author.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

const FIELDS = PeerAgreement.sections.joint.fields.comments.fields ?? {}

interface Comment {
  readonly clause: string | null
  readonly body: string | null
  readonly resolved: 'yes' | null
}

/** What people said about a clause. Nothing of it is in the signed text. */
export function Comments({ clause, name }: { readonly clause: string; readonly name: string }) {
  const { t } = useTranslation('agreement')
  const { live, agreement } = useDesk()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const records = recordsOf(live.registers, 'comments')
  const all = projectSet(FIELDS, records) as unknown as readonly { readonly id: string; readonly values: Comment }[]
  const mine = all.filter(({ values }) => values.clause === clause)
  const unresolved = mine.filter(({ values }) => values.resolved === null)
  const held = mine.flatMap(
    ({ id }) =>
      records
        .find((one) => one.id === id)
        ?.fields.get('body')
        ?.slice(0, 1) ?? [],
  )
  const written = useWritten(agreement.id, held)
  const author = useAuthorText()
  return (
    <Stack gap="xs" mt="sm">
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          aria-label={t('comments.label', { name, count: unresolved.length })}
          leftSection={<IconMessage size={15} aria-hidden="true" />}
          onClick={() => setOpen(!open)}
        >
          {t('comments.count', { count: unresolved.length })}
        </Button>
      </Group>
      <Collapse expanded={open}>
        <Stack gap="sm">
          {mine.map(({ id, values }) => {
            const item = records.find((one) => one.id === id)?.fields.get('body')?.[0]
            const by = item && written(item)
            return (
              <div key={id}>
                <Text
                  fz="sm"
                  dir="auto"
                  {...(values.resolved ? { c: 'dimmed' } : {})}
                  style={{ whiteSpace: 'pre-line' }}
                >
                  {values.body}
                </Text>
                <Group gap="xs">
                  <Text fz="xs" c="dimmed">
                    {by ? (
                      <>
                        {author(by.by)} · <When at={by.at} ago />
                      </>
                    ) : null}
                    {values.resolved ? ` · ${t('comments.resolved')}` : ''}
                  </Text>
                  {live.mayWrite && !values.resolved ? (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => live.set('comments', id, 'resolved', 'yes')}
                    >
                      {t('comments.resolve')}
                    </Button>
                  ) : null}
                </Group>
              </div>
            )
          })}
          {live.mayWrite ? (
            <Stack gap="xs">
              <Textarea
                label={t('comments.new')}
                dir="auto"
                autosize
                minRows={2}
                maxLength={4000}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  disabled={typed.trim() === ''}
                  onClick={() => {
                    live.add('comments', { clause, body: typed.trim(), order: `a${String(Date.now())}` })
                    setTyped('')
                  }}
                >
                  {t('comments.send')}
                </Button>
              </Group>
            </Stack>
          ) : null}
        </Stack>
      </Collapse>
    </Stack>
  )
}
