import { useTranslation } from 'react-i18next'
import type { LinkState } from '#shared/projection/workspace-views.ts'
import { useSentence } from '#ui/parts/sentence.ts'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'

const TONE: Readonly<Record<LinkState['state'], Tone>> = {
  local: 'good',
  direct: 'good',
  mailbox: 'good',
  connecting: 'busy',
  waiting: 'waiting',
  offline: 'off',
  refused: 'bad',
}

/** The connection as it is now, in one line. */
export function LinkStatus({ link }: { readonly link: LinkState }) {
  const { t } = useTranslation('workspaces')
  return <StatusDot tone={TONE[link.state]}>{t(`link.${link.state}.name`)}</StatusDot>
}

/** What the state means for the person, or why the connection was refused. */
export function useLinkMeaning(): (link: LinkState) => string {
  const { t } = useTranslation('workspaces')
  const sentence = useSentence()
  return (link) => (link.state === 'refused' ? sentence(link.refusal) : t(`link.${link.state}.meaning`))
}
