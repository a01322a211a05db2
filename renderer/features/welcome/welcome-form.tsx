import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { BackToStart } from './start.tsx'

/** One of the ways in: a title, what it is for, and its fields. */
export function WelcomeForm(props: {
  readonly title: string
  readonly lead: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}) {
  return (
    <Stack gap="lg">
      <BackToStart />
      <div>
        <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
          {props.title}
        </Title>
        <Text c="dimmed" mt={6}>
          {props.lead}
        </Text>
      </div>
      <Paper
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
      >
        <Stack>{props.children}</Stack>
      </Paper>
    </Stack>
  )
}
