import { Progress, type MantineSize } from '@mantine/core'
import { useLocale } from './locale.ts'

/** How much of something there is, as a bar. Said in the person's digits: Mantine's own bar says Western ones. */
export function Share(props: {
  /** From 0 to 1. */
  readonly of: number
  readonly label: string
  readonly color?: string
  readonly size?: MantineSize
}) {
  const { f } = useLocale()
  return (
    <Progress.Root size={props.size ?? 'md'} radius="sm">
      <Progress.Section
        withAria={false}
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(props.of * 100)}
        aria-valuetext={f.percent(props.of, 0)}
        value={props.of * 100}
        {...(props.color ? { color: props.color } : {})}
      />
    </Progress.Root>
  )
}
