import { ActionIcon, Button, Group, ScrollArea, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { fieldsOf } from '#shared/initiatives/read-plan.ts'
import type { Plain } from '#shared/living/register.ts'
import { between } from '#shared/living/between.ts'
import { DisputedRemoval } from '#ui/app/disputed-removal.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { Cell } from './cell.tsx'
import { useDesk, type Row } from './desk.tsx'
import classes from './plan.module.css'

interface Column {
  readonly field: string
  readonly width?: number
}
interface Extra {
  readonly header: string
  readonly cell: (row: Row<PlanSet>) => ReactNode
}

/** The records of a set as a table: every field edited in place, a row added or removed. */
export function SetTable(props: {
  readonly set: PlanSet
  readonly label: string
  readonly columns: readonly Column[]
  readonly nameOf: (row: Row<PlanSet>) => string
  /** What a new record begins with. A record without any value does not exist: a set without an order needs one. */
  readonly fresh?: Readonly<Record<string, Plain>>
  readonly extra?: Extra
  readonly filter?: (row: Row<PlanSet>) => boolean
  /** Where the set has no order of its own. */
  readonly sortBy?: (row: Row<PlanSet>) => string
  readonly empty: string
  readonly addLabel: string
}) {
  const { t } = useTranslation('plan')
  const { live, mayWrite, rows: rowsOf } = useDesk()
  const label = useLabel()
  const body = useRef<HTMLTableSectionElement>(null)
  const [removed, setRemoved] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const { set, columns, nameOf, extra } = props
  const rows = (rowsOf(set) as readonly Row<PlanSet>[]).filter(props.filter ?? (() => true))
  const { sortBy } = props
  if (sortBy) rows.sort((left, right) => (sortBy(left) < sortBy(right) ? -1 : 1))
  const fields = fieldsOf(set)
  const add = (): void => {
    const last = (rowsOf(set).at(-1)?.values as { readonly order?: string | null } | undefined)?.order
    const id = live.add(set, {
      ...props.fresh,
      ...('order' in fields ? { order: between(last ?? undefined, undefined) } : {}),
    })
    // The new row is there after the next render; its first field is where the person goes on.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-row="${id}"] input, [data-row="${id}"] textarea`)?.focus(),
    )
  }
  return (
    <Stack gap="sm">
      {rows.length === 0 ? (
        <Text c="dimmed">{props.empty}</Text>
      ) : (
        <ScrollArea type="auto" offsetScrollbars="x" tabIndex={-1}>
          <Table className={classes.table} aria-label={props.label} verticalSpacing={4} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {columns.map(({ field, width }) => (
                  <Table.Th key={field} scope="col" style={{ minWidth: width ?? 130 }}>
                    {label(fields[field]?.label)}
                  </Table.Th>
                ))}
                {extra ? <Table.Th scope="col">{extra.header}</Table.Th> : null}
                {mayWrite ? (
                  <Table.Th scope="col" w={44}>
                    <VisuallyHidden>{t('remove')}</VisuallyHidden>
                  </Table.Th>
                ) : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody ref={body}>
              {rows.map((row) => (
                <RowOf key={row.id} row={row} width={columns.length + 2} set={set} name={nameOf(row)}>
                  {columns.map(({ field }) => (
                    <Table.Td key={field}>
                      <Cell set={set} row={row} field={field} name={nameOf(row)} />
                    </Table.Td>
                  ))}
                  {extra ? <Table.Td>{extra.cell(row)}</Table.Td> : null}
                  {mayWrite ? (
                    <Table.Td>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('removeNamed', { name: nameOf(row) })}
                        onClick={() => {
                          setRemoved({ id: row.id, name: nameOf(row) })
                          live.remove(set, row.id)
                        }}
                      >
                        <IconTrash size={17} aria-hidden="true" />
                      </ActionIcon>
                    </Table.Td>
                  ) : null}
                </RowOf>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      {mayWrite ? (
        <Group gap="md">
          <Button variant="default" size="sm" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add}>
            {props.addLabel}
          </Button>
          {removed ? (
            <Group gap="xs" role="status">
              <Text fz="sm">{t('removed', { name: removed.name })}</Text>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  live.keep(set, removed.id)
                  setRemoved(null)
                }}
              >
                {t('undo')}
              </Button>
            </Group>
          ) : null}
        </Group>
      ) : null}
    </Stack>
  )
}

function RowOf(props: {
  readonly row: Row<PlanSet>
  readonly set: PlanSet
  readonly width: number
  readonly name: string
  readonly children: ReactNode
}) {
  const { live, artifact } = useDesk()
  return (
    <>
      {props.row.removal ? (
        <Table.Tr>
          <Table.Td colSpan={props.width}>
            <DisputedRemoval
              live={live}
              artifact={artifact}
              set={props.set}
              record={props.row.id}
              name={props.name}
              removal={props.row.removal}
            />
          </Table.Td>
        </Table.Tr>
      ) : null}
      <Table.Tr data-row={props.row.id}>{props.children}</Table.Tr>
    </>
  )
}
