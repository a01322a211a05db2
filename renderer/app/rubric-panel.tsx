import { Accordion, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import { LEVELS, pointsOf, wordsIn, type LensName } from '#shared/scoring/rubric.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useOrpc } from './engine.tsx'

/** What the role asks under each lens and what its points mean: what a person scores by. */
export function RubricPanel<D extends LensName>(props: {
  readonly role: Role
  readonly lenses: readonly D[]
  readonly nameOf: (lens: D) => string
}) {
  const { role, lenses, nameOf } = props
  const { t } = useTranslation(['scoring', 'common'])
  const { locale, f } = useLocale()
  const { data } = useQuery(useOrpc().scoring.rubric.queryOptions({ input: { role } }))
  if (!data) return null
  return (
    <Accordion variant="contained">
      <Accordion.Item value="rubric">
        <Accordion.Control>{t('panel.title', { role: t(`common:role.${role}`) })}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            {lenses.map((name) => {
              const { question, anchors } = data.rubric.lenses[name]
              return (
                <div key={name}>
                  <Text fw={600} fz="sm">
                    {nameOf(name)}
                  </Text>
                  <Text fz="sm" mb={4} dir="auto">
                    {wordsIn(question, locale)}
                  </Text>
                  <List size="sm" listStyleType="none">
                    {LEVELS.toReversed().map((level) => (
                      <List.Item key={level}>
                        <Text span fz="sm" fw={600}>
                          {f.number(pointsOf(level))}
                        </Text>{' '}
                        <bdi>{wordsIn(anchors[level], locale)}</bdi>
                      </List.Item>
                    ))}
                  </List>
                </div>
              )
            })}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
