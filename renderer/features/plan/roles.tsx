import { Badge, ScrollArea, Select, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RACI_WORDS } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { raciId, raciOf, type RaciRow } from '#shared/initiatives/raci.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { useDesk, type Company } from './desk.tsx'
import classes from './plan.module.css'
import { SetTable } from './set-table.tsx'

/** Who does what: a row per milestone and activity, a column per company. */
export function Roles() {
  const { t } = useTranslation('plan')
  const { plan, companies, nameOf, companyName, recordName } = useDesk()
  const rows = raciOf(plan)
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <Text c="dimmed">{t('roles.text')}</Text>
        {rows.length === 0 ? (
          <Text c="dimmed">{t('roles.empty')}</Text>
        ) : (
          <ScrollArea type="auto" tabIndex={-1}>
            <Table className={classes.table} aria-label={t('tab.roles')} verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('roles.what')}</Table.Th>
                  {companies.map(({ id }) => (
                    <Table.Th key={id} scope="col" miw={190}>
                      <bdi>{companyName(id)}</bdi>
                    </Table.Th>
                  ))}
                  <Table.Th scope="col" miw={190}>
                    {t('roles.check')}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Th scope="row" fw={500}>
                      <bdi>{nameOf(row.id)}</bdi>
                      {row.kind === 'activity' ? (
                        <Text fz="xs" c="dimmed">
                          {t('roles.activity')}
                        </Text>
                      ) : null}
                    </Table.Th>
                    {companies.map((company) => (
                      <Table.Td key={company.id}>
                        <Part row={row} company={company} />
                      </Table.Td>
                    ))}
                    <Table.Td>
                      <Stack gap={2} align="flex-start" pt={6}>
                        {row.problems.length === 0 ? (
                          <Badge color="leaf" variant="light">
                            {t('roles.sound')}
                          </Badge>
                        ) : (
                          row.problems.map((problem) => (
                            <Badge key={problem} color="amber" variant="light">
                              {t(`raci.${problem}`)}
                            </Badge>
                          ))
                        )}
                      </Stack>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        )}
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{t('roles.activities')}</Title>
        <SetTable
          set="activities"
          label={t('roles.activities')}
          columns={[
            { field: 'titleEn', width: 220 },
            { field: 'titleAr', width: 220 },
          ]}
          nameOf={({ id }) => recordName('activities', id)}
          empty={t('roles.noActivities')}
          addLabel={t('roles.addActivity')}
        />
      </Stack>
    </Stack>
  )
}

/** What one company does in one row. The record's id follows from both, so two people fill the same cell. */
function Part({ row, company }: { readonly row: RaciRow; readonly company: Company }) {
  const { t } = useTranslation('plan')
  const label = useLabel()
  const { live, artifact, mayWrite, rows, nameOf, companyName } = useDesk()
  const id = raciId(row.id, company.id)
  const save = (part: unknown): void =>
    live.setAll('raci', id, {
      activity: row.id,
      company: company.id,
      part: typeof part === 'string' ? part : undefined,
    })
  return (
    <>
      <Select
        aria-label={t('roles.cell', { name: nameOf(row.id), company: companyName(company.id) })}
        data={Object.entries(RACI_WORDS).map(([value, words]) => ({ value, label: label(words) }))}
        value={row.parts.get(company.id) ?? null}
        onChange={save}
        readOnly={!mayWrite}
        clearable={mayWrite && row.parts.has(company.id)}
        placeholder={t('roles.none')}
        onFocus={() => live.present(`raci/${id}/part`)}
        onBlur={() => live.present(null)}
      />
      <ConflictMark
        live={live}
        artifact={artifact}
        set="raci"
        record={id}
        field="part"
        definition={fieldsOf('raci')['part']}
        held={rows('raci')
          .find((one) => one.id === id)
          ?.conflicts.get('part')}
      />
    </>
  )
}
