import { Stack, Title } from '@mantine/core'

/** One part of a report under its heading. */
export function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} fz="sm">
        {title}
      </Title>
      {children}
    </Stack>
  )
}
