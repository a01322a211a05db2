import { Accordion, Anchor, Paper, Radio, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { DisputePath } from '#shared/artifacts/dispute-content.ts'
import type { AgreedPathView, DisputeChoices } from '#shared/projection/dispute-views.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { CalendarFields } from './calendar-fields.tsx'
import { FallbackFields } from './fallback-fields.tsx'
import { PathInWords } from './ladder.tsx'
import { LevelFields, RolesField } from './level-fields.tsx'

const sourceOf = ({ source }: DisputePath): string => (source ? canonicalJson(source as unknown as Json) : '')

/** On which path it is settled: one that was agreed, to be read, or one that is proposed, to be written. */
export function PathForm(props: {
  readonly path: DisputePath
  readonly choices: DisputeChoices
  readonly onChange: (path: DisputePath) => void
}) {
  const { path, choices, onChange } = props
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const agreed = choices.paths.find((one) => sourceOf(one.path) === sourceOf(path))
  const choose = (value: string): void => onChange(choices.paths.find((one) => sourceOf(one.path) === value)?.path ?? choices.usual)
  return (
    <Paper component="section" aria-label={t('new.pathTitle')}>
      <Title order={2} mb="sm">
        {t('new.pathTitle')}
      </Title>
      <Stack>
        {choices.paths.length > 0 ? (
          <Radio.Group label={t('new.pathChoose')} value={sourceOf(path)} onChange={choose}>
            <Stack gap="xs" mt="xs">
              {choices.paths.map((one) => (
                <Radio key={sourceOf(one.path)} value={sourceOf(one.path)} label={t('new.pathOf', { title: pick(one.title) })} />
              ))}
              <Radio value="" label={t('new.pathOwn')} />
            </Stack>
          </Radio.Group>
        ) : null}
        {path.source === null ? (
          <Proposed path={path} usual={choices.usual} onChange={onChange} />
        ) : (
          <Agreed path={path} agreed={agreed} />
        )}
      </Stack>
    </Paper>
  )
} // prettier-ignore

function Agreed({ path, agreed }: { readonly path: DisputePath; readonly agreed: AgreedPathView | undefined }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  return (
    <>
      <Text>
        {t('new.pathAgreed')}{' '}
        {agreed && path.source ? (
          <Anchor href={hrefOf(to.document(path.source.artifact))}>
            <bdi>{pick(agreed.title)}</bdi>
          </Anchor>
        ) : null}
      </Text>
      <PathInWords path={path} />
    </>
  )
}

function Proposed(props: { readonly path: DisputePath; readonly usual: DisputePath; readonly onChange: (path: DisputePath) => void }) {
  const { path, usual, onChange } = props
  const { t } = useTranslation('dispute')
  return (
    <>
      <Text c="dimmed">{t('new.pathProposed')}</Text>
      <PathInWords path={path} />
      <Accordion variant="separated" order={3}>
        <Accordion.Item value="levels">
          <Accordion.Control>{t('new.levelsTitle')}</Accordion.Control>
          <Accordion.Panel>
            <LevelFields levels={path.levels} onChange={(levels) => onChange({ ...path, levels: [...levels] })} />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="fallback">
          <Accordion.Control>{t('new.fallbackTitle')}</Accordion.Control>
          <Accordion.Panel>
            <FallbackFields
              fallback={path.fallback}
              usual={usual.fallback}
              onChange={(fallback) => onChange({ ...path, fallback })}
            />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="settle">
          <Accordion.Control>{t('new.settleTitle')}</Accordion.Control>
          <Accordion.Panel>
            <RolesField
              label={t('new.settleRoles')}
              value={path.settleRoles}
              onChange={(roles) => onChange({ ...path, settleRoles: [...roles] })}
            />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="calendar">
          <Accordion.Control>{t('new.calendarTitle')}</Accordion.Control>
          <Accordion.Panel>
            <Text fz="sm" c="dimmed" mb="sm">
              {t('new.calendarText')}
            </Text>
            <CalendarFields calendar={path.calendar} onChange={(calendar) => onChange({ ...path, calendar })} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  )
} // prettier-ignore
