import { defineArtifact, type SectionOf } from './define.ts'
import { envelope } from './envelope.ts'
import { slice } from './slice-content.ts'
import { words } from './words.ts'

/** AR-19, the shared part: a disclosed slice that is no forecast. The private part of a context never becomes an artifact. */
export const ContextSlice = defineArtifact({
  type: 'ContextSlice.v1',
  minor: 0,
  label: words('Context slice', 'شريحة سياقية'),
  about: words(
    'A table that one company disclosed to the other, with its source, period and redactions.',
    'جدول أفصحت عنه شركة للأخرى، مع مصدره وفترته وما حُجب منه.',
  ),
  sections: {
    slice: {
      label: words('Disclosed table', 'الجدول المفصح عنه'),
      writers: 'owner',
      roles: 'any',
      form: 'sealed',
      fields: { envelope, slice },
    },
  },
})

export type ContextSliceContent = SectionOf<typeof ContextSlice, 'slice'>
