import { SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocale } from './locale.ts'
import classes from './safety-code.module.css'

/** Groups of digits to read aloud, numbered, so that two screens in different languages are read in the same order. */
export function SafetyCode({ groups }: { readonly groups: readonly string[] }) {
  const { f } = useLocale()
  const { t } = useTranslation()
  return (
    <SimpleGrid
      cols={groups.length % 4 === 0 ? { base: 2, sm: 4 } : 3}
      spacing="sm"
      role="group"
      aria-label={t('safetyCode')}
      maw={520}
    >
      {groups.map((group, index) => (
        <Text key={index} component="span" className={classes.group}>
          <span className={classes.number} aria-hidden="true">
            {f.number(index + 1)}
          </span>
          {f.digits(group)}
        </Text>
      ))}
    </SimpleGrid>
  )
}
