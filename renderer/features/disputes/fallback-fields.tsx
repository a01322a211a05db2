import { Select, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisputeFallback } from '#shared/artifacts/dispute-content.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useLocale } from '#ui/parts/locale.ts'

const KINDS = ['arbitration', 'court', 'none'] as const
const NUMBERS = [1, 3, 5] as const
const NOTHING = { en: '', ar: '' }
const COURT: DisputeFallback = {
  kind: 'court',
  institution: { en: 'The competent courts', ar: 'المحاكم المختصة' },
  rules: NOTHING,
  seat: NOTHING,
  language: 'ar',
  arbitrators: null,
  law: NOTHING,
}

/** What is left when no level brought a result. `usual`: what is offered where somebody chooses arbitration anew. */
export function FallbackFields(props: {
  readonly fallback: DisputeFallback | null
  readonly usual: DisputeFallback | null
  readonly onChange: (fallback: DisputeFallback | null) => void
}) {
  const { fallback, usual, onChange } = props
  const { t } = useTranslation('dispute')
  const { f } = useLocale()
  const choose = (kind: string | null): void => {
    if (kind === 'none') onChange(null)
    else if (kind === 'court') onChange(COURT)
    else onChange(usual?.kind === 'arbitration' ? usual : { ...COURT, kind: 'arbitration', institution: NOTHING })
  }
  const set = (part: Partial<DisputeFallback>): void => void (fallback && onChange({ ...fallback, ...part }))
  const both = (name: 'institution' | 'rules' | 'seat' | 'law') =>
    fallback ? <BilingualInputs legend={t(`path.fallback.${name}`)} value={fallback[name]} onChange={(value) => set({ [name]: value })} /> : null
  return (
    <Stack>
      <Select
        label={t('new.fallback')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`new.fallbackKind.${kind}`) }))}
        value={fallback?.kind ?? 'none'}
        allowDeselect={false}
        onChange={choose}
      />
      {both('institution')}
      {fallback?.kind === 'arbitration' ? (
        <>
          {both('rules')}
          {both('seat')}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t('path.fallback.language')}
              data={(['ar', 'en'] as const).map((language) => ({ value: language, label: t(`path.language.${language}`) }))}
              value={fallback.language}
              allowDeselect={false}
              onChange={(next) => set({ language: next === 'en' ? 'en' : 'ar' })}
            />
            <Select
              label={t('path.fallback.number')}
              data={[{ value: 'rules', label: t('new.asRules') }, ...NUMBERS.map((number) => ({ value: String(number), label: f.number(number) }))]}
              value={fallback.arbitrators === null ? 'rules' : String(fallback.arbitrators)}
              allowDeselect={false}
              onChange={(next) => set({ arbitrators: NUMBERS.find((number) => String(number) === next) ?? null })}
            />
          </SimpleGrid>
        </>
      ) : null}
      {both('law')}
    </Stack>
  )
} // prettier-ignore
