import { Alert, Button, Checkbox, Group, Paper, Stack, Stepper, Text, TextInput, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#ui/parts/locale.ts'
import { WordList } from '#ui/parts/word-list.tsx'

/** Which words are asked back: spread over the kit, the same each time, so that going back does not change the question. */
const ASKED = [3, 11, 20] as const

/** Shows the recovery kit and the company kit, once, and goes on only when three words were typed back. */
export function KitSteps(props: {
  readonly recoveryWords: readonly string[]
  /** Absent on a device that joins: the company's root is kept elsewhere. */
  readonly companyWords?: readonly string[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation(['welcome', 'common'])
  const { f } = useLocale()
  const [step, setStep] = useState(0)
  const [kept, setKept] = useState(false)
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const [wrong, setWrong] = useState(false)
  const right = ASKED.every((index) => typed[index]?.trim().toLowerCase() === props.recoveryWords[index])
  const kits = [
    { title: t('kit.recoveryTitle'), text: t('kit.recoveryText'), words: props.recoveryWords },
    ...(props.companyWords
      ? [{ title: t('kit.companyTitle'), text: t('kit.companyText'), words: props.companyWords }]
      : []),
  ]
  const kit = kits[step]
  const next = (): void => {
    setKept(false)
    setStep(step + 1)
  }
  return (
    <Stack gap="lg">
      <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
        {kit ? kit.title : t('kit.checkTitle')}
      </Title>
      <Stepper active={step} size="sm" aria-label={t('create.kitStep')} className="no-print">
        <Stepper.Step label={t('kit.recoveryStep')} icon={f.number(1)} />
        {props.companyWords ? <Stepper.Step label={t('kit.companyStep')} icon={f.number(2)} /> : null}
        <Stepper.Step label={t('kit.checkStep')} icon={f.number(kits.length + 1)} />
      </Stepper>
      <Paper>
        {kit ? (
          <Stack>
            <Text>{kit.text}</Text>
            <Alert color="amber" icon={<IconAlertTriangle />} className="no-print">
              {t('kit.once')}
            </Alert>
            <WordList words={kit.words} label={kit.title} />
            <Checkbox
              className="no-print"
              label={t('kit.kept')}
              checked={kept}
              onChange={(event) => setKept(event.currentTarget.checked)}
            />
            <Group justify="flex-end" className="no-print">
              <Button disabled={!kept} onClick={next}>
                {t('common:next')}
              </Button>
            </Group>
          </Stack>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (right) props.onDone()
              else setWrong(true)
            }}
          >
            <Stack>
              <Text>{t('kit.checkText')}</Text>
              {ASKED.map((index) => (
                <TextInput
                  key={index}
                  label={t('kit.wordNumber', { number: f.number(index + 1) })}
                  dir="ltr"
                  lang="en"
                  autoComplete="off"
                  spellCheck={false}
                  value={typed[index] ?? ''}
                  error={
                    wrong && typed[index]?.trim().toLowerCase() !== props.recoveryWords[index] ? t('kit.wrong') : null
                  }
                  onChange={(event) => setTyped({ ...typed, [index]: event.currentTarget.value })}
                />
              ))}
              <Group justify="space-between">
                <Button variant="default" onClick={() => setStep(0)}>
                  {t('kit.showAgain')}
                </Button>
                <Button type="submit">{t('kit.finish')}</Button>
              </Group>
            </Stack>
          </form>
        )}
      </Paper>
    </Stack>
  )
}
