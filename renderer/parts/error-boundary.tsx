import { Button, Stack } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './empty-state.tsx'

interface Props {
  readonly children: ReactNode
  /** A new value gives the screen another try: the address. */
  readonly resetKey: string
}

/** A bug in one screen stays in that screen: says so, keeps the rest of the app, offers another try. */
export class ErrorBoundary extends Component<Props, { readonly failedAt: string | null }> {
  override state: { readonly failedAt: string | null } = { failedAt: null }

  static getDerivedStateFromError(): { readonly failedAt: string } {
    return { failedAt: '' }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failedAt !== null && before.resetKey !== this.props.resetKey) this.setState({ failedAt: null })
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children
    return <Failed onRetry={() => this.setState({ failedAt: null })} />
  }
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack role="alert">
      <EmptyState
        icon={<IconMoodSad aria-hidden="true" />}
        title={t('failed.title')}
        text={t('failed.text')}
        action={<Button onClick={onRetry}>{t('tryAgain')}</Button>}
      />
    </Stack>
  )
}
