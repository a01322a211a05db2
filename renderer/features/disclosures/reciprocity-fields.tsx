import { Checkbox, MultiSelect, NumberInput, Select, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RECIPROCAL_KINDS, type ReciprocityTerms } from '#shared/artifacts/reciprocity-terms.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { MemberView } from '#shared/projection/workspace-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import type { Policy } from './draft.ts'

/** What is asked in return, from whom, and who moves first. */
export function ReciprocityFields(props: {
  readonly policy: Policy
  readonly members: readonly MemberView[]
  readonly onChange: (policy: Policy) => void
}) {
  const { t } = useTranslation('reciprocity')
  const { pick } = useLocale()
  const { policy, members } = props
  const terms = policy.reciprocity
  const others = members.filter(({ own }) => !own)
  const set = (part: Partial<ReciprocityTerms>) =>
    terms ? props.onChange({ ...policy, reciprocity: { ...terms, ...part } }) : undefined
  const ask = (on: boolean) => {
    const [first] = others
    props.onChange({ ...policy, reciprocity: on && first ? startTerms(others.map(({ company }) => company)) : null })
  }
  const number = (name: 'months' | 'coverage' | 'ratio' | 'graceDays', min: number, max: number, hint?: string) => (
    <NumberInput
      label={t(`field.${name === 'graceDays' ? 'grace' : name}`)}
      description={hint}
      min={min}
      max={max}
      allowDecimal={false}
      value={terms?.[name] ?? min}
      onChange={(value) =>
        typeof value === 'number' && value >= min && value <= max ? set({ [name]: value }) : undefined
      }
    />
  )
  return (
    <Stack>
      <Checkbox
        label={t('field.ask')}
        description={t('field.askHint')}
        checked={terms !== null}
        disabled={others.length === 0}
        onChange={(event) => ask(event.currentTarget.checked)}
      />
      {terms ? (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <MultiSelect
              label={t('field.companies')}
              data={others.map(({ company, name }) => ({ value: company, label: pick(name) }))}
              value={[...terms.companies]}
              onChange={(chosen) => (chosen.length > 0 ? set({ companies: chosen as CompanyId[] }) : undefined)}
            />
            <Select
              label={t('field.kind')}
              allowDeselect={false}
              data={RECIPROCAL_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={terms.kind}
              onChange={(kind) => (kind ? set({ kind }) : undefined)}
            />
          </SimpleGrid>
          <TagsInput
            label={t('field.columns')}
            description={t('field.columnsHint')}
            value={[...terms.columns]}
            onChange={(columns) => set({ columns: columns.slice(0, 50) })}
          />
          <SimpleGrid cols={{ base: 2, md: 4 }} style={{ alignItems: 'end' }}>
            {number('months', 1, 36)}
            {number('coverage', 0, 100)}
            {number('ratio', 0, 1000, t('field.ratioHint'))}
            {number('graceDays', 0, 365, t('field.graceHint'))}
          </SimpleGrid>
          <Select
            label={t('field.first')}
            description={t('field.firstHint')}
            allowDeselect={false}
            data={members
              .filter(({ own, company }) => own || terms.companies.includes(company))
              .map(({ company, name }) => ({ value: company, label: pick(name) }))}
            value={terms.first}
            onChange={(first) => (first ? set({ first: first as CompanyId }) : undefined)}
          />
          <Text fz="sm" c="dimmed">
            {t('members')}
          </Text>
        </>
      ) : null}
    </Stack>
  )
}

/** The partner moves first: what leaves stays closed until something came. */
const startTerms = (companies: CompanyId[]): ReciprocityTerms => ({
  companies,
  kind: 'any',
  columns: [],
  months: 6,
  coverage: 80,
  ratio: 50,
  graceDays: 14,
  first: companies[0] as CompanyId,
})
