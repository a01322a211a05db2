import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'

/** The owner states a fact that reopens commitments: a product that ends, a promotion that does not happen. */
export function Declare(props: {
  readonly screen: ForecastScreen
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const notify = useNotify()
  const [fact, setFact] = useState<'sku-discontinued' | 'promotion-cancelled'>('sku-discontinued')
  const [reference, setReference] = useState('')
  const declare = useMutation({
    ...useOrpc().artifacts.declare.mutationOptions(),
    onSuccess: () => {
      notify.done(t('declare.done'))
      props.onClose()
    },
    onError: notify.refused,
  })
  const skus = [...new Set(props.screen.forecast.series.map(({ sku }) => sku))].filter(Boolean)
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('declare.title')}>
      <Stack>
        <Text fz="sm">{t('declare.text')}</Text>
        <Radio.Group
          label={t('declare.fact')}
          value={fact}
          onChange={(value) => {
            setFact(value === 'promotion-cancelled' ? value : 'sku-discontinued')
            setReference('')
          }}
        >
          <Stack gap="xs" mt={6}>
            <Radio value="sku-discontinued" label={t('declare.sku-discontinued')} />
            <Radio value="promotion-cancelled" label={t('declare.promotion-cancelled')} />
          </Stack>
        </Radio.Group>
        {fact === 'sku-discontinued' ? (
          <Select
            label={t('product')}
            searchable
            data={skus}
            value={reference || null}
            onChange={(value) => setReference(value ?? '')}
          />
        ) : (
          <TextInput
            label={t('declare.promotion')}
            maxLength={200}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={reference.trim() === ''}
            loading={declare.isPending}
            onClick={() => declare.mutate({ artifact: props.screen.artifact.id, fact, reference: reference.trim() })}
          >
            {t('declare.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
