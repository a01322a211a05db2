import { Checkbox, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SCOPES, type Rule, type Scope } from '#shared/approvals/policy.ts'
import { LevelsInput } from './levels-input.tsx'
import type { PolicyPart } from './policy-part.ts'

/** Who approves in each kind of partnership, the everyday and what binds for long. */
export function PolicyScopes({ policy, set }: PolicyPart) {
  const { t } = useTranslation('approvals')
  const change = (scope: Scope, kind: 'everyday' | 'weighty', part: Partial<Rule>): void =>
    set({
      scopes: {
        ...policy.scopes,
        [scope]: { ...policy.scopes[scope], [kind]: { ...policy.scopes[scope][kind], ...part } },
      },
    })
  return (
    <Paper>
      <Title order={2}>{t('policy.scopes')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('policy.weighty')}: {t('policy.weightyHint')}
      </Text>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing="xs" aria-label={t('policy.scopes')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('policy.partnership')}</Table.Th>
              <Table.Th scope="col">{t('policy.everyday')}</Table.Th>
              <Table.Th scope="col">{t('policy.weighty')}</Table.Th>
              <Table.Th scope="col">{t('policy.fourEyes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {SCOPES.map((scope) => {
              const name = t(`scope.${scope}`)
              const { everyday, weighty } = policy.scopes[scope]
              return (
                <Table.Tr key={scope}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td>
                    <LevelsInput
                      label={`${name}: ${t('policy.everyday')}`}
                      value={everyday.levels}
                      onChange={(levels) => change(scope, 'everyday', { levels })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <LevelsInput
                      label={`${name}: ${t('policy.weighty')}`}
                      value={weighty.levels}
                      onChange={(levels) => change(scope, 'weighty', { levels })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Stack gap={4} style={{ whiteSpace: 'nowrap' }}>
                      <Checkbox
                        label={t('policy.everyday')}
                        aria-label={`${name}: ${t('policy.fourEyes')}, ${t('policy.everyday')}`}
                        checked={everyday.fourEyes}
                        onChange={(event) => change(scope, 'everyday', { fourEyes: event.currentTarget.checked })}
                      />
                      <Checkbox
                        label={t('policy.weighty')}
                        aria-label={`${name}: ${t('policy.fourEyes')}, ${t('policy.weighty')}`}
                        checked={weighty.fourEyes}
                        onChange={(event) => change(scope, 'weighty', { fourEyes: event.currentTarget.checked })}
                      />
                    </Stack>
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
