import { Accordion, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { DIMENSIONS } from '#shared/artifacts/decision-content.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { LEVELS, pointsOf, wordsIn } from '#shared/scoring/rubric.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** What the role asks under each lens and what its points mean: what a person scores by. */
export function RubricPanel({ role }: { readonly role: Role }) {
  const { t } = useTranslation(['scoring', 'decision', 'common'])
  const { locale, f } = useLocale()
  const { data } = useQuery(useOrpc().scoring.rubric.queryOptions({ input: { role } }))
  if (!data) return null
  return (
    <Accordion variant="contained">
      <Accordion.Item value="rubric">
        <Accordion.Control>{t('panel.title', { role: t(`common:role.${role}`) })}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            {DIMENSIONS.map((name) => {
              const { question, anchors } = data.rubric.lenses[name]
              return (
                <div key={name}>
                  <Text fw={600} fz="sm">
                    {t(`decision:dimensions.${name}`)}
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
