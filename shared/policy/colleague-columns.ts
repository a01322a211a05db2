import type { Column, DataClass } from '#shared/artifacts/table.ts'

/** From what anybody may see to what nobody else may. */
const ORDER: readonly DataClass[] = ['public', 'shared-confidential', 'private']

/** What a person chooses who shares a table with colleagues: the most private class of column that goes along. */
export type ColleagueCeiling = DataClass

/**
 * The columns that go to colleagues under a ceiling, in their order. Inside one company private data may travel, but only by this
 * choice: what lies above the ceiling stays, and no transform is applied to what goes.
 */
export const columnsUpTo = (columns: readonly Column[], ceiling: ColleagueCeiling): readonly Column[] =>
  columns.filter(({ dataClass }) => ORDER.indexOf(dataClass) <= ORDER.indexOf(ceiling))

/** Whether everything that would go now was seen and confirmed then: a column that is new, or lost its class, was not. */
export const withinConfirmed = (columns: readonly Column[], confirmed: readonly string[]): boolean =>
  columns.every(({ name }) => confirmed.includes(name))
