import { Button, Group, Modal, NumberInput, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelAt } from '#shared/artifacts/form-model.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import type { Cell } from './commit-draft.ts'
import { useSeriesName } from './series-name.ts'

/** Either company writes the quantity that both settled on. */
export function AgreeModal(props: {
  readonly cell: Cell
  readonly screen: ForecastScreen
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const label = useLabel()
  const name = useSeriesName()
  const notify = useNotify()
  const { cell, screen } = props
  const agreed = screen.consensus[cell.key]
  const [quantity, setQuantity] = useState<number | string>(agreed?.quantity ?? cell.committed ?? '')
  const [note, setNote] = useState(agreed?.note ?? '')
  const agree = useMutation({
    ...useOrpc().artifacts.agree.mutationOptions(),
    onSuccess: () => {
      notify.done(t('agree.done'))
      props.onClose()
    },
    onError: notify.refused,
  })
  const field = (path: string) => label(labelAt(SharedForecast, 'joint', `consensus.${path}`))
  const save = () =>
    agree.mutate({
      artifact: screen.artifact.id,
      cells: [
        {
          sku: cell.sku,
          region: cell.region,
          bucket: cell.bucket,
          quantity: typeof quantity === 'number' ? quantity : null,
          note: note.trim() || null,
        },
      ],
    })
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('agree.action')}>
      <Stack>
        <Text fz="sm">
          {name(cell)} · {f.month(cell.bucket)}
        </Text>
        <Text fz="sm" c="dimmed">
          {t('agree.text')}
        </Text>
        <NumberInput
          label={`${field('quantity')} (${screen.forecast.unit})`}
          min={0}
          thousandSeparator=","
          value={quantity}
          onChange={setQuantity}
          data-autofocus
        />
        <Textarea
          label={field('note')}
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={agree.isPending} onClick={save}>
            {t('agree.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
