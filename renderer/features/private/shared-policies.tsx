import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import type { ShareView } from '#shared/projection/colleague-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { RoleNames } from '#ui/parts/values.tsx'
import { RolesSelect } from './share-choice.tsx'
import { SHARE_TONE } from './share-state.tsx'

/** The policies over a shared dataset: who else may disclose under them. */
export function SharedPolicies(props: {
  readonly dataset: string
  readonly share: ShareView
  readonly shares: readonly ShareView[]
}) {
  const { t } = useTranslation('colleagues')
  const { pick, f } = useLocale()
  const notify = useNotify()
  const orpc = useOrpc()
  const { roles, ceiling } = props.share
  const [disclosing, setDisclosing] = useState<readonly Role[]>(roles)
  const preview = useQuery(
    orpc.colleagues.preview.queryOptions({ input: { dataset: props.dataset, roles: [...roles], ceiling } }),
  )
  const share = useMutation({
    ...orpc.colleagues.sharePolicy.mutationOptions(),
    onSuccess: () => notify.done(t('state.done')),
    onError: notify.refused,
  })
  const end = useMutation({ ...orpc.colleagues.end.mutationOptions(), onError: notify.refused })
  const policies = preview.data?.policies ?? []
  return (
    <Paper>
      <Stack>
        <div>
          <Title order={3}>{t('policies.title')}</Title>
          <Text fz="sm" c="dimmed" mt={4} maw="46rem">
            {t('policies.text')}
          </Text>
        </div>
        {policies.length === 0 ? (
          <Text fz="sm">{t('policies.none')}</Text>
        ) : (
          <RolesSelect label={t('policies.roles')} roles={disclosing} onRoles={setDisclosing} />
        )}
        {policies.map(({ id, name, missing }) => {
          const standing = props.shares.find(({ subject, standing: now }) => subject === id && now !== 'ended')
          return (
            <Group key={id} justify="space-between" align="center">
              <div style={{ flex: '1 1 18rem' }}>
                <Text fw={500}>
                  <bdi>{pick(name)}</bdi>
                </Text>
                {standing ? (
                  <Text fz="sm" c="dimmed">
                    {t('policies.shared')} <RoleNames roles={standing.roles} />
                  </Text>
                ) : null}
                {missing.length > 0 ? (
                  <Text fz="sm">{t('policies.missing', { columns: f.list([...missing]) })}</Text>
                ) : null}
              </div>
              {standing ? (
                <Group>
                  <StatusDot tone={SHARE_TONE[standing.standing]}>{t(`state.${standing.standing}`)}</StatusDot>
                  <Button
                    variant="default"
                    size="sm"
                    loading={end.isPending}
                    onClick={() => end.mutate({ artifact: standing.artifact })}
                  >
                    {t('state.stop')}
                  </Button>
                </Group>
              ) : (
                <Button
                  variant="default"
                  size="sm"
                  loading={share.isPending}
                  disabled={disclosing.length === 0}
                  onClick={() => share.mutate({ policy: id, roles: [...disclosing] })}
                >
                  {t('policies.share')}
                </Button>
              )}
            </Group>
          )
        })}
      </Stack>
    </Paper>
  )
}
