import { NavLink, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { hrefOf, to } from '#ui/app/route.ts'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { About } from './about.tsx'
import { CompanyProfileForm } from './company-profile.tsx'
import { General } from './general.tsx'
import { LostLaptop } from './lost-laptop.tsx'
import { People } from './people.tsx'
import classes from './settings.module.css'
import { Models } from './models.tsx'
import { Rubrics } from './rubrics.tsx'
import { Timestamps } from './timestamps.tsx'
import { VaultSettings } from './vault-settings.tsx'

const PAGES = {
  general: General,
  company: CompanyProfileForm,
  people: People,
  vault: VaultSettings,
  rubrics: Rubrics,
  models: Models,
  timestamps: Timestamps,
  'lost-laptop': LostLaptop,
  about: About,
} as const
type Page = keyof typeof PAGES
const isPage = (name: string | undefined): name is Page => name !== undefined && name in PAGES

/** Settings, one page at a time; the page is part of the address. */
export default function Settings({ route }: ScreenProps) {
  const { t } = useTranslation('common')
  const page = isPage(route.path[0]) ? route.path[0] : 'general'
  const Shown = PAGES[page]
  return (
    <>
      <PageHeader title={t('area.settings')} />
      <div className={classes.split}>
        <nav aria-label={t('area.settings')}>
          {(Object.keys(PAGES) as Page[]).map((name) => (
            <NavLink
              key={name}
              href={hrefOf(to.settings(name))}
              label={t(`settingsPage.${name}`)}
              active={name === page}
              aria-current={name === page ? 'page' : undefined}
              className={classes.link}
            />
          ))}
        </nav>
        <section aria-labelledby="settings-page" className={classes.page}>
          <Title order={2} id="settings-page" mb="md">
            {t(`settingsPage.${page}`)}
          </Title>
          <Shown />
        </section>
      </div>
    </>
  )
}
