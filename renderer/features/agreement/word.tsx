import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from './desk.tsx'
import { SaveWord } from './save-word.tsx'
import { ReadWord } from './read-word.tsx'

/** The way through Word: out for somebody who edits there, and back as proposals. */
export function Word() {
  const { t } = useTranslation('negotiation')
  const { live } = useDesk()
  const [reading, setReading] = useState(false)
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('word.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('word.about')}
      </Text>
      <Group>
        <SaveWord from={null} to="draft" />
        {live.mayWrite ? (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileImport size={16} aria-hidden="true" />}
            onClick={() => setReading(true)}
          >
            {t('word.read')}
          </Button>
        ) : null}
      </Group>
      {reading ? <ReadWord onClose={() => setReading(false)} /> : null}
    </Paper>
  )
}
