/** Low-volume typed objects, CBOR inside. Clustered by (kind, id): one lookup per point read. */
export const records = {
  version: 1,
  sql: `
    CREATE TABLE records (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (kind, id)
    ) WITHOUT ROWID, STRICT;
  `,
} as const
