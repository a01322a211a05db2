import { Box, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'busy' | 'waiting' | 'off' | 'bad'

const COLOR: Readonly<Record<Tone, string>> = {
  good: 'var(--mantine-color-leaf-5)',
  busy: 'var(--mantine-color-ink-4)',
  waiting: 'var(--mantine-color-amber-5)',
  off: 'var(--mantine-color-gray-5)',
  bad: 'var(--mantine-color-red-5)',
}

/** A state as a dot and words; a ring marks what is not settled, so that colour is never the only sign. */
export function StatusDot({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const open = tone === 'off' || tone === 'waiting'
  return (
    <Group gap={8} wrap="nowrap" align="center" display="inline-flex">
      <Box
        aria-hidden="true"
        w={9}
        h={9}
        style={{
          borderRadius: 9,
          flex: 'none',
          background: open ? 'transparent' : COLOR[tone],
          border: `2px solid ${COLOR[tone]}`,
        }}
      />
      <Text span fz="sm">
        {children}
      </Text>
    </Group>
  )
}
