import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconSnowflake } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { compareContents } from '#shared/standards/compare.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Bidi } from '#ui/parts/values.tsx'
import { ComparisonView } from './comparison.tsx'
import { useDesk } from './desk.tsx'

/** What would be frozen, compared with the version before, and what stands in the way; then the release. */
export function Release({ version, onClose }: { readonly version: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['standards', 'common'])
  const { f, pick } = useLocale()
  const { artifact, live, released } = useDesk()
  const orpc = useOrpc()
  const notify = useNotify()
  // What is typed here reaches the engine a moment later: asked again with every change that was kept.
  const found = useQuery({
    ...orpc.standards.preview.queryOptions({ input: { artifact, version } }),
    queryKey: [...orpc.standards.preview.queryKey({ input: { artifact, version } }), live.version, live.unkept],
    placeholderData: (before) => before,
  })
  const releasing = useMutation({
    ...orpc.standards.release.mutationOptions(),
    onSuccess: () => {
      notify.done(t('release.done'))
      onClose()
    },
  })
  const preview = found.data
  const before = released.find((each) => each.version === preview?.previous)
  const stops = preview
    ? [
        preview.refusal ? { code: preview.refusal, count: 0 } : null,
        preview.open.conflicts > 0 ? { code: 'conflicts-open', count: preview.open.conflicts } : null,
        preview.open.suggestions > 0 ? { code: 'suggestions-open', count: preview.open.suggestions } : null,
      ].filter((stop) => stop !== null)
    : []
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('release.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {found.error ? <RefusalAlert refusal={refusalOf(found.error)} /> : null}
      {preview ? (
        <Stack>
          <KeyValue
            items={[
              [t('release.number'), <Bidi key="number">{f.digits(preview.number)}</Bidi>],
              preview.previous ? [t('release.after'), <Bidi key="after">{f.digits(preview.previous)}</Bidi>] : null,
              preview.needed ? [t('release.needs'), t(`bump.${preview.needed}`)] : null,
              [
                t('release.holds'),
                t('release.count', {
                  clauses: f.number(preview.content.clauses.length),
                  tests: f.number(preview.content.tests.length),
                }),
              ],
              [t('release.hash'), <HashBadge key="hash" hash={preview.hash} label={t('version.hash')} />],
            ]}
          />
          {pick(preview.content.changeLog) ? <Text dir="auto">{pick(preview.content.changeLog)}</Text> : null}
          {before ? (
            <ComparisonView
              before={before.content}
              after={preview.content}
              changes={compareContents(before.content, preview.content)}
            />
          ) : null}
          {stops.map(({ code, count }) => (
            <RefusalAlert
              key={code}
              icon={<IconAlertTriangle aria-hidden="true" />}
              title={t('release.stops')}
              refusal={{
                module: 'standards',
                code,
                params: {
                  number: f.digits(preview.number),
                  previous: f.digits(preview.previous ?? ''),
                  needed: preview.needed ?? '',
                  count,
                },
              }}
            />
          ))}
          {preview.refusal === 'bump-too-small' || preview.refusal === 'version-not-greater' ? (
            <Group>
              <Button
                size="xs"
                variant="default"
                onClick={() => live.set('versions', version, 'number', preview.proposed)}
              >
                {t('release.take', { version: f.digits(preview.proposed) })}
              </Button>
            </Group>
          ) : null}
          {preview.open.comments > 0 ? (
            <Text fz="sm">{t('release.comments', { count: preview.open.comments })}</Text>
          ) : null}
          {releasing.error ? <RefusalAlert refusal={refusalOf(releasing.error)} /> : null}
          <Alert color="sand" variant="light" icon={<IconSnowflake aria-hidden="true" />}>
            {t('release.meaning')}
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('common:cancel')}
            </Button>
            <Button
              disabled={stops.length > 0 || live.unkept > 0}
              loading={releasing.isPending}
              onClick={() => releasing.mutate({ artifact, version, hash: preview.hash })}
            >
              {t('release.confirm', { version: f.digits(preview.number) })}
            </Button>
          </Group>
        </Stack>
      ) : found.error ? null : (
        <Loading />
      )}
    </Modal>
  )
}
