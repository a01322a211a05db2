import {
  Accordion,
  Badge,
  Button,
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { RubricView } from '#shared/projection/scoring-views.ts'
import { isWhole, LENSES, LEVELS, MOST_ANCHOR, pointsOf, sameRubric, type Lens, type LensName, type Rubric } from '#shared/scoring/rubric.ts' // prettier-ignore
import { standardRubric } from '#shared/scoring/standard.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useAppState } from '#ui/app/state.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'

/** How each role judges: a question and five anchors per lens, in both languages. Private. */
export function Rubrics() {
  const { t } = useTranslation(['scoring', 'common'])
  const own = useAppState().person?.roles ?? []
  const [role, setRole] = useState<Role>(own[0] ?? 'ceo')
  const lines = useQuery(useOrpc().scoring.rubrics.queryOptions({ input: {} }))
  const found = useQuery(useOrpc().scoring.rubric.queryOptions({ input: { role } }))
  const edited = (one: Role): boolean => lines.data?.some((line) => line.role === one && !line.standard) ?? false
  return (
    <Stack>
      <Paper>
        <Group gap="sm" mb="xs">
          <ClassBadge dataClass="private" />
        </Group>
        <Text c="dimmed" fz="sm" mb="md">
          {t('rubric.about')}
        </Text>
        <Select
          label={t('rubric.role')}
          data={ROLES.map((one) => ({
            value: one,
            label: edited(one) ? t('rubric.edited', { role: t(`common:role.${one}`) }) : t(`common:role.${one}`),
          }))}
          value={role}
          allowDeselect={false}
          onChange={(next) => next && setRole(next)}
          maw="24rem"
        />
      </Paper>
      <RefusalAlert refusal={found.error ? refusalOf(found.error) : null} />
      {found.data ? <Editor key={`${role}/${String(found.data.version)}`} kept={found.data} /> : null}
      {found.isPending ? <Loading /> : null}
    </Stack>
  )
}

function Editor({ kept }: { readonly kept: RubricView }) {
  const { t } = useTranslation(['scoring', 'decision', 'change', 'convergence', 'common'])
  const lensName = (name: LensName): string => {
    if (name === 'value') return t('change:dimensions.value')
    return name === 'partnership' ? t('convergence:dimensions.partnership') : t(`decision:dimensions.${name}`)
  }
  const { locale, f } = useLocale()
  const orpc = useOrpc()
  const queries = useQueryClient()
  const notify = useNotify()
  const [rubric, setRubric] = useState<Rubric>(kept.rubric)
  const [language, setLanguage] = useState<'en' | 'ar'>(locale)
  const saving = useMutation({
    ...orpc.scoring.saveRubric.mutationOptions(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: orpc.scoring.key() })
      notify.done(t('common:saved'))
    },
  })
  const changed = !sameRubric(rubric, kept.rubric)
  const whole = isWhole(rubric)
  const standard = standardRubric(rubric.role)
  const change = (name: LensName, next: Lens): void =>
    setRubric({ ...rubric, lenses: { ...rubric.lenses, [name]: next } })
  return (
    <Stack component="form" onSubmit={(event) => { event.preventDefault(); saving.mutate({ rubric, version: kept.version }) }}>
      <Paper>
        <Group justify="space-between" align="flex-end" mb="md">
          <NumberInput
            label={t('rubric.weight')}
            description={t('rubric.weightHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={1000}
            allowDecimal={false}
            clampBehavior="strict"
            w={220}
            value={rubric.weight}
            onChange={(value) => setRubric({ ...rubric, weight: Number(value) || 1 })}
          />
          <SegmentedControl
            aria-label={t('rubric.language')}
            value={language}
            onChange={(value) => setLanguage(value === 'ar' ? 'ar' : 'en')}
            data={[
              { value: 'ar', label: <span lang="ar">العربية</span> },
              { value: 'en', label: <span lang="en">English</span> },
            ]}
          />
        </Group>
        <Accordion variant="separated" order={3} defaultValue="vision">
          {LENSES.map((name) => (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control>{lensName(name)}</Accordion.Control>
              <Accordion.Panel>
                {name === 'fit' || name === 'value' || name === 'partnership' ? (
                  <Text fz="sm" c="dimmed" mb="sm">
                    {t(`rubric.only.${name}`)}
                  </Text>
                ) : null}
                <LensFields lens={rubric.lenses[name]} language={language} onChange={(next) => change(name, next)} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <Stack mt="md" gap="sm">
          <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
          <Group justify="flex-end">
            {whole ? null : (
              <Text fz="sm" c="dimmed">
                {t('rubric.missing')}
              </Text>
            )}
            <Button variant="default" disabled={sameRubric(rubric, standard)} onClick={() => setRubric(standard)}>
              {t('rubric.toStandard')}
            </Button>
            <Button type="submit" disabled={!changed || !whole} loading={saving.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <Paper component="section" aria-label={t('rubric.versions')}>
        <Text fw={600} mb="xs">
          {t('rubric.versions')}
        </Text>
        {kept.versions.length === 0 ? <Text fz="sm">{t('rubric.shipped')}</Text> : null}
        <Stack gap="xs">
          {kept.versions.map((one, at) => (
            <Group key={one.version} justify="space-between">
              <Text fz="sm">
                {t('rubric.version', { number: f.number(one.version), name: one.by[locale] })} <When at={one.at} withTime both={false} />
              </Text>
              {at === 0 ? (
                <Badge color="leaf">{t('rubric.counts')}</Badge>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => setRubric(one.rubric)}>
                  {t('rubric.again', { number: f.number(one.version) })}
                </Button>
              )}
            </Group>
          ))}
        </Stack>
      </Paper>
    </Stack>
  )
} // prettier-ignore

function LensFields(props: {
  readonly lens: Lens
  readonly language: 'en' | 'ar'
  readonly onChange: (lens: Lens) => void
}) {
  const { lens, language, onChange } = props
  const { t } = useTranslation('scoring')
  const { f } = useLocale()
  const field = { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr', autosize: true, minRows: 1, maxLength: MOST_ANCHOR } as const // prettier-ignore
  const anchor = (at: number, text: string): Lens => ({
    ...lens,
    anchors: lens.anchors.map((said, of) => (of === at ? { ...said, [language]: text } : said)) as unknown as Lens['anchors'],
  }) // prettier-ignore
  return (
    <Stack gap="sm">
      <Textarea
        {...field}
        label={t('rubric.question')}
        value={lens.question[language]}
        onChange={(event) =>
          onChange({ ...lens, question: { ...lens.question, [language]: event.currentTarget.value } })
        }
      />
      {LEVELS.map((level) => (
        <Textarea
          {...field}
          key={level}
          label={t('rubric.level', { level: f.number(level), points: f.number(pointsOf(level)) })}
          value={lens.anchors[level][language]}
          onChange={(event) => onChange(anchor(level, event.currentTarget.value))}
        />
      ))}
    </Stack>
  )
}
