import { Group, Text } from '@mantine/core'
import { useLocale } from './locale.ts'

/** Two squares that hold each other, the eight-pointed star: two companies, one covenant. */
export function Mark({ size = 28, stroke = 2.4 }: { readonly size?: number; readonly stroke?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect x="7" y="7" width="18" height="18" rx="1.5" stroke="var(--mark-a, #cda75a)" strokeWidth={stroke} />
      <rect
        x="7"
        y="7"
        width="18"
        height="18"
        rx="1.5"
        stroke="var(--mark-b, currentColor)"
        strokeWidth={stroke}
        transform="rotate(45 16 16)"
      />
    </svg>
  )
}

export function Wordmark({ size = 28 }: { readonly size?: number }) {
  const { locale } = useLocale()
  return (
    <Group gap={10} wrap="nowrap" align="center">
      <Mark size={size} />
      <Text span fw={600} fz={size * 0.72} lh={1} style={{ letterSpacing: locale === 'en' ? '-0.01em' : 0 }}>
        {locale === 'ar' ? 'ميثاق' : 'Mithaq'}
      </Text>
    </Group>
  )
}
