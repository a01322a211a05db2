import {
  Alert,
  Autocomplete,
  Button,
  Group,
  NumberInput,
  Paper,
  PasswordInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isEndpoint, originOf } from '#shared/kernel/endpoint.ts'
import type { ModelSettingsView } from '#shared/projection/scoring-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** The model that may propose scores: where it is, what may go there, and on what terms. */
export function Models() {
  const found = useQuery(useOrpc().scoring.model.queryOptions({ input: {} }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  return found.data ? <Form kept={found.data} /> : <Loading />
}

const CONTEXT = ['vision', 'purpose', 'notes'] as const

function Form({ kept }: { readonly kept: ModelSettingsView }) {
  const { t } = useTranslation(['scoring', 'common'])
  const { f } = useLocale()
  const orpc = useOrpc()
  const queries = useQueryClient()
  const notify = useNotify()
  const [base, setBase] = useState(kept.base ?? '')
  const [model, setModel] = useState(kept.model)
  const [key, setKey] = useState<string | null>(null)
  const [own, setOwn] = useState<string | null>(kept.own ? kept.origin : null)
  const [terms, setTerms] = useState(kept.terms)
  const [context, setContext] = useState(kept.context)
  const address = base.trim().replace(/\/+$/, '')
  const origin = isEndpoint(address) ? originOf(address) : null
  const marked = origin !== null && own === origin
  const saving = useMutation({
    ...orpc.scoring.saveModel.mutationOptions(),
    onSuccess: (next) => {
      queries.setQueryData(orpc.scoring.model.queryKey({ input: {} }), next)
      setKey(null)
      setOwn(next.own ? next.origin : null)
      notify.done(t('common:saved'))
    },
  })
  const listing = useMutation(orpc.scoring.models.mutationOptions())
  const save = (): void =>
    saving.mutate({ base: address === '' ? null : address, model: model.trim(), key, own: marked ? origin : null, terms, context })
  const number = (name: 'runs' | 'limit' | 'temperature' | 'patience', min: number, max: number, step = 1) => (
    <NumberInput
      label={t(`model.${name}`)}
      description={t(`model.${name}Hint`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={min}
      max={max}
      step={step}
      allowDecimal={step < 1}
      clampBehavior="strict"
      value={terms[name]}
      onChange={(value) => typeof value === 'number' && setTerms({ ...terms, [name]: value })}
    />
  )
  const price = terms.price ?? { in: 0, out: 0, currency: 'SAR' }
  const priced = (part: Partial<typeof price>): void => setTerms({ ...terms, price: { ...price, ...part } })
  return (
    <Stack component="form" onSubmit={(event) => { event.preventDefault(); save() }}>
      <Paper>
        <Text c="dimmed" fz="sm" mb="md">
          {t('model.about')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            type="url"
            dir="ltr"
            label={t('model.base')}
            description={t('model.baseHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder="http://localhost:11434/v1"
            value={base}
            onChange={(event) => setBase(event.currentTarget.value)}
          />
          <Autocomplete
            dir="ltr"
            label={t('model.model')}
            description={listing.data ? t('model.offered', { count: listing.data.length }) : t('model.modelHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[...new Set(listing.data ?? [])]}
            value={model}
            onChange={setModel}
          />
          <PasswordInput
            dir="ltr"
            autoComplete="off"
            label={t('model.key')}
            description={t(kept.hasKey && origin === kept.origin ? 'model.keyKept' : 'model.keyHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            visibilityToggleButtonProps={{ 'aria-label': t('model.showKey') }}
            value={key ?? ''}
            onChange={(event) => setKey(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          />
        </SimpleGrid>
        <Switch
          mt="md"
          label={t('model.own')}
          description={origin === null ? t('model.ownNone') : t('model.ownHint', { origin })}
          checked={marked}
          disabled={origin === null}
          onChange={(event) => setOwn(event.currentTarget.checked ? origin : null)}
        />
        {marked ? null : (
          <Alert mt="md" color="sand">
            {t('model.notOwn')}
          </Alert>
        )}
        <Stack mt="md" gap="sm">
          <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
          <RefusalAlert refusal={listing.error ? refusalOf(listing.error) : null} />
          <Group justify="flex-end">
            {kept.hasKey ? (
              <Button variant="subtle" color="red" onClick={() => saving.mutate({ base: kept.base, model: kept.model, key: '', own: kept.own ? kept.origin : null, terms: kept.terms, context: kept.context })}>
                {t('model.dropKey')}
              </Button>
            ) : null}
            <Button variant="default" disabled={kept.base === null || kept.base !== address} loading={listing.isPending} onClick={() => listing.mutate({})}>
              {t('model.try')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <Paper>
        <Group gap="sm" mb={4}>
          <Title order={3}>{t('model.context')}</Title>
          <ClassBadge dataClass="private" />
        </Group>
        <Text c="dimmed" fz="sm" mb="md">
          {t('model.contextText')}
        </Text>
        <Stack gap="sm">
          {CONTEXT.map((name) => (
            <Textarea
              key={name}
              label={t(`piece.our-${name}`)}
              dir="auto"
              autosize
              minRows={2}
              maxLength={20_000}
              value={context[name]}
              onChange={(event) => setContext({ ...context, [name]: event.currentTarget.value })}
            />
          ))}
        </Stack>
      </Paper>
      <Paper>
        <Title order={3} mb="md">
          {t('model.terms')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {number('runs', 3, 9)}
          {number('limit', 0, 50)}
          {number('temperature', 0, 2, 0.1)}
          {number('patience', 1, 1800)}
        </SimpleGrid>
        <Switch
          mt="md"
          label={t('model.price')}
          description={t('model.priceHint')}
          checked={terms.price !== null}
          onChange={(event) => setTerms({ ...terms, price: event.currentTarget.checked ? price : null })}
        />
        {terms.price ? (
          <SimpleGrid cols={{ base: 1, sm: 3 }} mt="sm">
            <NumberInput label={t('model.priceIn', { tokens: f.number(1_000_000) })} min={0} value={price.in} onChange={(value) => typeof value === 'number' && priced({ in: value })} />
            <NumberInput label={t('model.priceOut', { tokens: f.number(1_000_000) })} min={0} value={price.out} onChange={(value) => typeof value === 'number' && priced({ out: value })} />
            <TextInput label={t('model.currency')} dir="ltr" maxLength={8} required value={price.currency} onChange={(event) => priced({ currency: event.currentTarget.value })} />
          </SimpleGrid>
        ) : null}
      </Paper>
    </Stack>
  )
} // prettier-ignore
