import { ActionIcon, Button, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#ui/parts/locale.ts'
import classes from './frame.module.css'
import { switchLocale } from './i18n.ts'

/** Offers the other language in its own name, at once and without a restart. */
export function LanguageSwitch({ plain }: { readonly plain?: boolean }) {
  const { locale } = useLocale()
  const other = locale === 'ar' ? 'en' : 'ar'
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      {...(plain ? {} : { className: classes.tool })}
      lang={other}
      onClick={() => void switchLocale(other)}
    >
      {other === 'ar' ? 'العربية' : 'English'}
    </Button>
  )
}

/** Light or dark. Follows the system until the person chooses. */
export function SchemeSwitch({ plain }: { readonly plain?: boolean }) {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const { t } = useTranslation()
  const label = t(scheme === 'dark' ? 'scheme.toLight' : 'scheme.toDark')
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        {...(plain ? {} : { className: classes.iconTool })}
        aria-label={label}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={17} /> : <IconMoon size={17} />}
      </ActionIcon>
    </Tooltip>
  )
}
