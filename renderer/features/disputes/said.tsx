import { Text } from '@mantine/core'
import classes from './disputes.module.css'

/** Words as somebody wrote them, in either language. A block in the other direction would stand on the far side, as if nobody had said it. */
export function Said({ children, lines }: { readonly children: string; readonly lines?: number }) {
  return (
    <Text className={classes.said ?? ''} {...(lines && { lineClamp: lines, fz: 'sm' })}>
      <bdi>{children}</bdi>
    </Text>
  )
} // prettier-ignore
