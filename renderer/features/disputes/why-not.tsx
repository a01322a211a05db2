import { Text } from '@mantine/core'
import type { DisputeRefused } from '#shared/projection/dispute-views.ts'
import { useSentence } from '#ui/parts/sentence.ts'

/** Why a button is not there, in the words of the refusal that it would meet. */
export function WhyNot({ code }: { readonly code: DisputeRefused }) {
  const sentence = useSentence()
  return (
    <Text fz="sm" c="dimmed">
      {sentence({ module: 'disputes', code })}
    </Text>
  )
}
