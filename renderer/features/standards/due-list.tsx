import { Alert, Stack, Text } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dueOf, type Due } from '#shared/standards/due.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What each company owes today: reruns, failures, versions that end. Told to everybody, decided by nobody. */
export function DueList() {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const desk = useDesk()
  const { view, released, partyName } = desk
  const dues = view.parties.flatMap(({ id }) => dueOf(id, { ...desk, ...view, released }, view.today))
  if (dues.length === 0) return null
  const titles = (due: Due): string => {
    const tests = released.find(({ version }) => version === due.version)?.content.tests ?? []
    return f.list(
      due.tests.map(
        (id) => pick(tests.find((test) => test.id === id)?.title ?? { en: '', ar: '' }) || t('test.unnamed'),
      ),
    )
  }
  return (
    <Alert color="amber" variant="light" icon={<IconBellRinging aria-hidden="true" />} title={t('due.title')}>
      <Stack gap={4}>
        {dues.map((due) => (
          <Text key={`${due.kind}${due.party}${due.version}`} fz="sm">
            {t(`due.${due.kind}`, {
              company: partyName(due.party),
              version: f.digits(due.version),
              tests: titles(due),
              date: due.on ? f.date(due.on) : '',
            })}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
