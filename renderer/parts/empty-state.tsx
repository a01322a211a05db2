import { Box, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing here yet: says why, and offers the next step. */
export function EmptyState(props: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly action?: ReactNode
}) {
  return (
    <Stack align="center" gap="sm" py={48} px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" color="sand">
        {props.icon}
      </ThemeIcon>
      <Title order={2}>{props.title}</Title>
      <Text c="dimmed" maw="34rem">
        {props.text}
      </Text>
      {props.action ? <Group mt="xs">{props.action}</Group> : <Box />}
    </Stack>
  )
}
