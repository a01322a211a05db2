import { Anchor, Box, Group, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useLocale } from './locale.ts'

/** The heading of a screen; it takes the focus when the person navigates, so that a screen reader starts here. */
export function PageHeader(props: {
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** Where this screen hangs: the link above the heading. */
  readonly back?: { readonly label: string; readonly href: string }
}) {
  const { f } = useLocale()
  const Back = f.dir === 'rtl' ? IconChevronRight : IconChevronLeft
  return (
    <Box component="header" mb="xl">
      {props.back ? (
        <Anchor href={props.back.href} fz="sm" display="inline-flex" mb={6} style={{ alignItems: 'center', gap: 4 }}>
          <Back size={16} aria-hidden="true" />
          {props.back.label}
        </Anchor>
      ) : null}
      <Group justify="space-between" align="flex-start" gap="md">
        <Box style={{ flex: '1 1 24rem', minWidth: 0 }}>
          <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
            {typeof props.title === 'string' ? <bdi>{props.title}</bdi> : props.title}
          </Title>
          {props.lead ? (
            <Text c="dimmed" mt={6} maw="46rem">
              {props.lead}
            </Text>
          ) : null}
        </Box>
        {props.actions ? <Group gap="sm">{props.actions}</Group> : null}
      </Group>
    </Box>
  )
}
