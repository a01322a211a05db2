import { Radio, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FINDINGS, type Finding } from '#shared/artifacts/dispute-event.ts'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { FindingWords } from '#ui/app/finding-words.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** What somebody would have it end with. */
export interface Words {
  readonly finding: Finding | null
  readonly terms: string
}
export const NO_WORDS: Words = { finding: null, terms: '' }
/** Terms are needed where they alone say what follows. */
export const areWhole = ({ finding, terms }: Words): boolean =>
  finding !== null && (finding !== 'varied' || terms.trim() !== '')

/** A finding with its terms in one dispute. */
export function FindingText({ one, ...words }: { readonly one: DisputeView; readonly finding: Finding; readonly terms: string }) {
  return <FindingWords opener={useOpener(one)} {...words} />
} // prettier-ignore

/** Choosing a finding and writing its terms: the same for settlements, rulings and awards. */
export function FindingFields(props: { readonly one: DisputeView; readonly words: Words; readonly onChange: (words: Words) => void }) {
  const { one, words, onChange } = props
  const { t } = useTranslation('dispute')
  const opener = useOpener(one)
  return (
    <>
      <Radio.Group
        label={t('finding.choose')}
        value={words.finding}
        onChange={(next) => onChange({ ...words, finding: FINDINGS.find((finding) => finding === next) ?? null })}
      >
        <Stack gap="xs" mt="xs">
          {FINDINGS.map((finding) => (
            <Radio
              key={finding}
              value={finding}
              label={t(`finding.${finding}`)}
              description={<bdi>{t(`finding.meaning.${finding}`, { name: opener })}</bdi>}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('finding.terms')}
        description={t('finding.termsHint')}
        dir="auto"
        autosize
        minRows={3}
        maxLength={8000}
        required={words.finding === 'varied'}
        value={words.terms}
        onChange={(event) => onChange({ ...words, terms: event.currentTarget.value })}
      />
    </>
  )
} // prettier-ignore

/** The company that asks for something, by name. */
function useOpener({ parties, opened }: DisputeView): string {
  const { pick } = useLocale()
  const opener = parties.find(({ company }) => company === opened.by.company.id)
  return opener ? pick(opener.name) : pick(opened.by.company.name)
}
