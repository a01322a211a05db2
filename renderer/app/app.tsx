import { DirectionProvider, MantineProvider, useDirection, type MantineThemeOverride } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import 'dayjs/locale/ar'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBoundary } from '#ui/parts/error-boundary.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { calendarWords } from './calendar.ts'
import { EngineProvider } from './engine.tsx'
import { Gate } from './gate.tsx'
import { cssVariables, theme } from './theme.ts'

export function App() {
  return (
    <DirectionProvider initialDirection={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
      <Themed />
    </DirectionProvider>
  )
}

function Themed() {
  const { locale, f } = useLocale()
  const { t } = useTranslation()
  const { setDirection } = useDirection()
  useEffect(() => setDirection(f.dir), [f.dir, setDirection])
  useEffect(() => void (document.title = t('appName')), [t])
  // Controls that Mantine draws by itself have names too, and these follow the language.
  const spoken = useMemo<MantineThemeOverride>(
    () => ({
      ...theme,
      components: {
        ...theme.components,
        DatePickerInput: { defaultProps: calendarWords(t, f) },
        CloseButton: { defaultProps: { 'aria-label': t('close') } },
        PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': t('showPassphrase') } } },
        Pagination: {
          defaultProps: {
            getControlProps: (control: 'first' | 'previous' | 'next' | 'last') => ({
              'aria-label': t(`page.${control}`),
            }),
          },
        },
      },
    }),
    [t, f],
  )
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale, firstDayOfWeek: 0, weekendDays: [5, 6] }}>
        <Notifications position={f.dir === 'rtl' ? 'bottom-left' : 'bottom-right'} containerWidth={420} />
        <EngineProvider engine="main">
          <ErrorBoundary resetKey="app">
            <Gate />
          </ErrorBoundary>
        </EngineProvider>
      </DatesProvider>
    </MantineProvider>
  )
}
