import { describe, expect, it } from 'vitest'
import arDisclosure from '#ui/locales/ar/refusals.disclosure.json' with { type: 'json' }
import arPolicy from '#ui/locales/ar/refusals.policy.json' with { type: 'json' }
import arLabels from '#ui/locales/ar/policy.json' with { type: 'json' }
import arPrivacy from '#ui/locales/ar/refusals.privacy.json' with { type: 'json' }
import enPrivacy from '#ui/locales/en/refusals.privacy.json' with { type: 'json' }
import { PRIVACY_REFUSALS } from '#shared/policy/privacy/judge-ground.ts'
import enDisclosure from '#ui/locales/en/refusals.disclosure.json' with { type: 'json' }
import enPolicy from '#ui/locales/en/refusals.policy.json' with { type: 'json' }
import enLabels from '#ui/locales/en/policy.json' with { type: 'json' }
import { POLICY_REFUSALS } from '#shared/policy/evaluate.ts'
import { PII_KINDS } from '#shared/policy/pii/finding.ts'
import { fieldTransformSchema } from '#shared/policy/transform.ts'
import { DISCLOSURE_REFUSALS } from '#shared/disclosure/context.ts'
import { SLICE_REFUSALS } from '#shared/disclosure/encode-slice.ts'

const sorted = (words: Iterable<string>) => [...words].sort()

describe('words for people', () => {
  it('[POL-7] [DIS-13] every refusal has one sentence in English and in Arabic', () => {
    for (const sentences of [enPolicy, arPolicy])
      expect(sorted(Object.keys(sentences))).toEqual(sorted(POLICY_REFUSALS))
    for (const sentences of [enPrivacy, arPrivacy])
      expect(sorted(Object.keys(sentences))).toEqual(sorted(PRIVACY_REFUSALS))
    for (const sentences of [enDisclosure, arDisclosure]) {
      expect(sorted(Object.keys(sentences))).toEqual(sorted([...DISCLOSURE_REFUSALS, ...SLICE_REFUSALS]))
    }
    for (const sentence of Object.values({ ...arPolicy, ...arDisclosure, ...arPrivacy }))
      expect(sentence).toMatch(/^[^A-Za-z]+$/)
  })

  it('[POL-8] [PII-1] every transform and kind of personal data has a label in both', () => {
    const kinds = fieldTransformSchema.options.map((option) => option.shape.kind.value)
    for (const labels of [enLabels, arLabels]) {
      expect(sorted(Object.keys(labels.transform))).toEqual(sorted(kinds))
      expect(sorted(Object.keys(labels.pii))).toEqual(sorted(PII_KINDS))
    }
  })
})
