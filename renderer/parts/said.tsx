import { Text, type TextProps } from '@mantine/core'

/**
 * Words as somebody wrote them, in either language, line by line. They have the direction of their own words and stand where the page
 * begins: a block in the other direction would stand on the far side, away from whoever said it.
 */
export function Said({ children, ...text }: TextProps & { readonly children: string }) {
  return (
    <Text {...text} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      <bdi>{children}</bdi>
    </Text>
  )
}
