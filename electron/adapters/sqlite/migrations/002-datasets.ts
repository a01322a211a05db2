/** The catalogue of imported tables; the rows of dataset `number` live in a table of its own, `dataset_<number>`. */
export const datasets = {
  version: 2,
  sql: `
    CREATE TABLE datasets (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      columns BLOB NOT NULL,
      rows INTEGER NOT NULL DEFAULT 0,
      published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1))
    ) STRICT;
  `,
} as const
