import { Badge, Group, Text } from '@mantine/core'
import { IconBuildingBank, IconCheck, IconGavel, IconMessages, IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeFallback, DisputeLevel, DisputePath } from '#shared/artifacts/dispute-content.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import classes from './disputes.module.css'
import { usePathWords } from './path-words.ts'

export type RungState = 'past' | 'running' | 'coming' | 'unbound'
const COLOR = { past: 'leaf', running: 'amber', coming: 'gray', unbound: 'gray' } as const

/** One step of a path. `state` null: nothing runs yet, and none is marked. */
export function Rung(props: {
  readonly icon: ReactNode
  readonly name: string
  readonly state: RungState | null
  /** In place of the state's own word. */
  readonly word?: string
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('dispute')
  const { state } = props
  return (
    <li className={classes.rung} data-state={state ?? undefined} aria-current={state === 'running' ? 'step' : undefined}>
      <span className={classes.mark} aria-hidden="true">
        {state === 'past' ? <IconCheck size={16} /> : props.icon}
      </span>
      <Group justify="space-between" gap="xs" align="flex-start" mih="1.7rem" wrap="nowrap">
        <Text fw={600}>{props.name}</Text>
        {state ? (
          <Badge color={COLOR[state]} variant={state === 'running' ? 'filled' : 'light'} size="sm" style={{ flex: 'none' }}>
            {props.word ?? t(`path.state.${state}`)}
          </Badge>
        ) : null}
      </Group>
      {props.children}
    </li>
  )
} // prettier-ignore

export const LEVEL_ICON = {
  mediation: <IconMessages size={16} />,
  arbitration: <IconGavel size={16} />,
} as const
export const SENT_ICON = <IconSend size={16} />
const FALLBACK_ICON = <IconBuildingBank size={16} />

/** A level of a path in words: what happens, who, for how long. No dot stands before a number: Arabic readers would take it for a zero. */
export function LevelRung({ level, state, children }: { readonly level: DisputeLevel; readonly state: RungState | null; readonly children?: ReactNode }) {
  const words = usePathWords()
  return (
    <Rung icon={LEVEL_ICON[level.kind]} name={`${words.name(level)} (${words.length(level)})`} state={state}>
      <Text fz="sm" c="dimmed">
        <bdi>{words.who(level)}</bdi>
      </Text>
      {children}
    </Rung>
  )
} // prettier-ignore

/** What is left after the last level, with all that was agreed about it. */
export function FallbackRung({ fallback, state, word }: { readonly fallback: DisputeFallback | null; readonly state: RungState | null; readonly word?: string }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  if (!fallback) return <Rung icon={FALLBACK_ICON} name={t('path.fallback.none')} state={state} {...(word && { word })} />
  const { kind, institution, rules, seat, language, arbitrators, law } = fallback
  const line = (name: 'institution' | 'rules' | 'seat' | 'law', value: { readonly en: string; readonly ar: string }) =>
    pick(value) ? ([t(`path.fallback.${name}`), pick(value)] as const) : null
  return (
    <Rung icon={FALLBACK_ICON} name={t(`path.fallback.${kind}`)} state={state} {...(word && { word })}>
      <KeyValue
        items={[
          line('institution', institution),
          line('rules', rules),
          line('seat', seat),
          kind === 'arbitration' && arbitrators !== null ? [t('path.fallback.number'), f.number(arbitrators)] : null,
          kind === 'arbitration' ? [t('path.fallback.language'), t(`path.language.${language}`)] : null,
          line('law', law),
        ]}
      />
    </Rung>
  )
} // prettier-ignore

/** A whole path before anything of it has begun. */
export function PathInWords({ path }: { readonly path: DisputePath }) {
  const { t } = useTranslation('dispute')
  const words = usePathWords()
  return (
    <>
      <ol className={classes.ladder}>
        {path.levels.map((level, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a level has no other name than its place
          <LevelRung key={at} level={level} state={null} />
        ))}
        <FallbackRung fallback={path.fallback} state={null} />
      </ol>
      <PathTerms path={path} />
      <Text fz="sm" c="dimmed">
        {t('path.settle')}: {words.roles(path.settleRoles)}
      </Text>
    </>
  )
}

/** How its days are counted. */
export function PathTerms({ path: { calendar, levels } }: { readonly path: DisputePath }) {
  const { t } = useTranslation('dispute')
  const words = usePathWords()
  if (!levels.some(({ unit }) => unit === 'working-days')) return null
  return (
    <Text fz="sm" c="dimmed" mt="md">
      {t('path.calendar')}: {words.calendar(calendar)}
      {calendar.off.length > 0 ? ` · ${t('path.off', { count: calendar.off.length })}` : null}
    </Text>
  )
}
