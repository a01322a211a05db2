import { Box, Button, Center, Stack } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { ErrorBoundary } from '#ui/parts/error-boundary.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { forgetAnswers, useAlive, useOrpc } from './engine.tsx'
import { Frame } from './frame.tsx'
import { to, useRoute } from './route.ts'
import { screenOf } from './screens.tsx'

/** Nobody passes before there is an open vault: the welcome screens come first, then the app's frame. */
export function Gate() {
  const state = useQuery(useOrpc().app.state.queryOptions())
  const alive = useAlive()
  const route = useRoute()
  const { t } = useTranslation()
  const closed = state.data !== undefined && state.data.stage !== 'open'
  useEffect(() => {
    if (closed) forgetAnswers()
  }, [closed])
  if (!state.data)
    return (
      <Center h="100vh">
        {state.isError || !alive ? (
          <Stack role="alert">
            <EmptyState
              icon={<IconPlugConnectedX aria-hidden="true" />}
              title={t('unreachable.title')}
              text={t('unreachable.text')}
              action={<Button onClick={() => void state.refetch()}>{t('tryAgain')}</Button>}
            />
          </Stack>
        ) : (
          <Loading />
        )}
      </Center>
    )
  if (state.data.stage === 'open' && route.area !== 'welcome') return <Frame state={state.data} />
  const Welcome = screenOf('welcome')
  const place = route.area === 'welcome' ? route : to.welcome()
  return (
    <Box mih="100vh">
      <ErrorBoundary resetKey={`${state.data.stage}${route.path.join('/')}`}>
        <Suspense fallback={<Loading />}>
          <Welcome route={place} />
        </Suspense>
      </ErrorBoundary>
    </Box>
  )
}
