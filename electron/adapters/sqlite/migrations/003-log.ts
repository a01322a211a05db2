/**
 * Runs, packed. Channels and feeds are numbered, so that a run does not repeat 160 hex digits. The id of a run is
 * (channel number × 2^36 + arrival): a channel's runs lie together in arrival order without another index.
 */
export const log = {
  version: 3,
  sql: `
    CREATE TABLE channels (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      channel TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE feeds (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      channel INTEGER NOT NULL REFERENCES channels (number),
      feed TEXT NOT NULL,
      UNIQUE (channel, feed)
    ) STRICT;
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      feed INTEGER NOT NULL REFERENCES feeds (number),
      first_seq INTEGER NOT NULL,
      last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
      bytes BLOB NOT NULL,
      UNIQUE (feed, first_seq)
    ) STRICT;
  `,
} as const
