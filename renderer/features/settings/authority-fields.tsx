import { FileInput, Group, MultiSelect, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { IconFileCertificate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ALL_AGREEMENTS, matterOf } from '#shared/agreement/authority.ts'
import { AGREEMENTS } from '#shared/artifacts/agreement-kinds.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** What a certificate is to say about signing, as it is typed. */
export interface TypedAuthority {
  readonly matters: readonly string[]
  /** In riyals; empty: no limit. */
  readonly limit: number | string
  readonly joint: boolean
  /** Chosen now. */
  readonly file: File | null
  /** What the certificate names already. */
  readonly document: { readonly sha256: string; readonly name: string | null } | null
}

/** What somebody may sign: which kinds of agreement, up to which amount, alone or jointly, by which document. */
export function AuthorityFields(props: {
  readonly value: TypedAuthority
  readonly onChange: (value: TypedAuthority) => void
}) {
  const { value, onChange } = props
  const { t } = useTranslation('settings')
  const matterName = useMatterName()
  const set = (part: Partial<TypedAuthority>): void => onChange({ ...value, ...part })
  const matters = [...new Set([...AGREEMENTS.map(({ type }) => matterOf(type)), ...value.matters])]
  return (
    <Stack gap="sm">
      <MultiSelect
        label={t('certify.matters')}
        description={t('certify.mattersHint')}
        placeholder={value.matters.length === 0 ? t('certify.mattersAll') : ''}
        data={matters.map((matter) => ({ value: matter, label: matterName(matter) }))}
        value={[...value.matters]}
        onChange={(next) => set({ matters: next })}
      />
      <NumberInput
        label={t('certify.limit')}
        description={t('certify.limitHint')}
        min={0}
        decimalScale={2}
        thousandSeparator=","
        value={value.limit}
        onChange={(limit) => set({ limit })}
        dir="ltr"
      />
      <FileInput
        label={t('certify.document')}
        description={t('certify.documentHint')}
        placeholder={t('certify.choose')}
        leftSection={<IconFileCertificate size={17} aria-hidden="true" />}
        clearable
        value={value.file}
        onChange={(file) => set({ file })}
      />
      {value.document && !value.file ? (
        <Group gap={6}>
          <Text fz="sm">
            <bdi>{value.document.name ?? t('certify.documentNamed')}</bdi>
          </Text>
          <HashBadge hash={value.document.sha256} label={t('certify.document')} />
        </Group>
      ) : null}
      <Switch
        label={t('certify.joint')}
        checked={value.joint}
        onChange={(event) => set({ joint: event.currentTarget.checked })}
      />
    </Stack>
  )
}

/** A matter by the name of its kind of agreement; one that this version does not know as it is. */
export function useMatterName(): (matter: string) => string {
  const { t } = useTranslation('settings')
  const { pick } = useLocale()
  return (matter) => {
    if (matter === ALL_AGREEMENTS) return t('certify.mattersAll')
    const label = AGREEMENTS.find(({ type }) => matterOf(type) === matter)?.label
    return label ? pick(label) : matter
  }
}
