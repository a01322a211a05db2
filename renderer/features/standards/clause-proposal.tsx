import { Alert, Button, Group, Text } from '@mantine/core'
import { IconFileMinus, IconFilePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAuthorText, useWritten } from '#ui/app/author.tsx'
import { useDesk, type Row } from './desk.tsx'

/** Somebody suggests that a clause comes or goes: who does, and the choice. */
export function ClauseProposal({ row }: { readonly row: Row<'clauses'> }) {
  const { t } = useTranslation('standards')
  const { live, artifact, mayWrite, clauseName } = useDesk()
  const author = useAuthorText()
  const { proposed } = row.values
  const item = live.registers.find(
    ({ set, record, field, value }) =>
      set === 'clauses' && record === row.id && field === 'proposed' && value === proposed,
  )
  const written = useWritten(artifact, item ? [item] : [])
  if (proposed !== 'add' && proposed !== 'remove') return null
  const by = item && written(item)?.by
  const [Icon, color] = proposed === 'add' ? [IconFilePlus, 'leaf'] : [IconFileMinus, 'red']
  const keep = (): void => live.set('clauses', row.id, 'proposed', 'kept')
  const drop = (): void => live.remove('clauses', row.id)
  const name = clauseName(row.id)
  return (
    <Alert
      color={color}
      variant="light"
      icon={<Icon aria-hidden="true" />}
      title={t(`suggest.clause.${proposed}`)}
      p="sm"
    >
      <Group justify="space-between" gap="xs">
        <Text fz="sm">{by ? author(by) : null}</Text>
        {mayWrite ? (
          <Group gap="xs">
            {(['accept', 'reject'] as const).map((answer) => (
              <Button
                key={answer}
                size="xs"
                variant="default"
                aria-label={t(`suggest.clause.${answer}Of`, { clause: name })}
                onClick={(answer === 'accept') === (proposed === 'add') ? keep : drop}
              >
                {t(`suggest.${answer}`)}
              </Button>
            ))}
          </Group>
        ) : null}
      </Group>
    </Alert>
  )
}
