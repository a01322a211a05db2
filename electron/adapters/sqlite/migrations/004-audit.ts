/** The audit chain. `words` is what a search looks at, in lower case; it is no part of what is hashed. */
export const audit = {
  version: 4,
  sql: `
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      event BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_by_kind ON audit (kind, seq);
    CREATE INDEX audit_by_time ON audit (at);
  `,
} as const
