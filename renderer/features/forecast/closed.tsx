import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalView } from '#shared/projection/app-views.ts'
import type { ArtifactSummary } from '#shared/projection/forecast-views.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { useSentence } from '#ui/parts/sentence.ts'

/** States in which a document is there and cannot be read: nothing went wrong, so nothing is said in red. */
export const CLOSED: ReadonlySet<ArtifactSummary['state']> = new Set([
  'sealed',
  'suspended',
  'withdrawn',
  'expired',
  'ended',
])

/** A document that is here and closed: which one, why, and what would open it. */
export function Closed(props: {
  readonly artifact: ArtifactSummary
  readonly refusal: RefusalView
  /** What would open it, for a document that something could open. */
  readonly children: ReactNode
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const { pick } = useLocale()
  const sentence = useSentence()
  const { artifact } = props
  const opens = artifact.state === 'sealed' || artifact.state === 'suspended'
  return (
    <>
      <PageHeader
        title={pick(artifact.title)}
        lead={t('sliceLead', { company: pick(artifact.owner) })}
        back={{ label: t('back'), href: hrefOf(to.workspace(artifact.workspace)) }}
      />
      <Stack>
        <Alert
          color={opens ? 'amber' : 'gray'}
          variant="light"
          icon={<IconLock aria-hidden="true" />}
          title={t(`state.${artifact.state}`)}
        >
          <Group justify="space-between" gap="md">
            <Text fz="sm" maw="38rem">
              {sentence(props.refusal)}
            </Text>
            {opens && !artifact.mine ? (
              <Button component="a" size="sm" href={hrefOf(to.newDisclosure())}>
                {t('common:action.newDisclosure')}
              </Button>
            ) : null}
          </Group>
        </Alert>
        {opens ? props.children : null}
      </Stack>
    </>
  )
}
