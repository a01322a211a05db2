import type { WordDraft, WordReading } from '#shared/agreement/word-file.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Hash, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CheckOutcome } from '#shared/standards/check-outcome.ts'
import type { StandardContent } from '#shared/standards/content.ts'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import type { SchemaRefusal } from '#shared/standards/json-schema.ts'
import type { AuditEntry, AuditEvent } from '#shared/audit/chain.ts'
import type { CalendarEvent } from '#shared/initiatives/calendar.ts'

/**
 * What the engine asks of the outside. Each port is small, says how it fails, and has an acceptance suite in
 * `test/contracts/` that every adapter passes. Stores are synchronous: a transaction that could await would not be one.
 */

/** An open vault. Everything inside one `transaction` commits together or not at all. */
export interface Vault {
  readonly records: RecordStore
  readonly datasets: DatasetStore
  readonly log: LogStore
  readonly audit: AuditStore
  /** Runs `work` in one durable transaction; nested calls join the outer one. A thrown error rolls everything back. */
  transaction<T>(work: () => T extends Promise<unknown> ? never : T): T
  /** Changes the database's own key (suspected compromise). Rewrites every page. */
  rekey(key: SymmetricKey): void
  /** Writes a consistent, verified copy, encrypted under the same key, to `path`. Resolves with its size in bytes. */
  copyTo(path: string): Promise<number>
  close(): void
}

export type VaultOpenRefusal =
  | 'wrong-key' // the key does not open it
  | 'damaged' // a page failed its authentication, or the integrity check did
  | 'newer-schema' // written by a later Mithaq
  | 'open-elsewhere' // another process holds it
  | 'disk-full'
  | 'missing'

/**
 * Thrown by any call on an open vault when the disk is full or a page turns out damaged: nothing of the transaction was
 * kept, everything committed before is. The process edge catches it and tells the person.
 */
export class VaultFault extends Error {
  readonly refusal: 'disk-full' | 'damaged'
  constructor(refusal: 'disk-full' | 'damaged', options?: ErrorOptions) {
    super(`vault: ${refusal}`, options)
    this.name = 'VaultFault'
    this.refusal = refusal
  }
}

/** Opens and creates vault databases; knows files, not passphrases. A directory is created when it is missing. */
export interface VaultFiles {
  exists(directory: string): boolean
  /** @throws when a vault exists there. */
  create(directory: string, key: SymmetricKey): Result<Vault, VaultOpenRefusal>
  open(directory: string, key: SymmetricKey): Result<Vault, VaultOpenRefusal>
  /** The small plain-text files beside the database: key wraps and the anchor. Written atomically and fsynced. */
  readSidecar(directory: string, name: string): Uint8Array | undefined
  writeSidecar(directory: string, name: string, bytes: Uint8Array): void
  /**
   * A text that stays the same for as long as the vault stays where it is, and changes when its directory is copied,
   * restored or moved to another disk. The first call makes what it depends on.
   */
  place(directory: string): string
  /** Takes a copy that `copyTo` wrote and puts it with `head` into the one file `path`, atomically, read back and compared. */
  pack(copy: string, head: Uint8Array, path: string): Result<number, 'disk-full'>
  /** The head of a packed file; `missing`, or `damaged` when its bytes do not add up. */
  packedHead(path: string): Result<Uint8Array, 'missing' | 'damaged'>
  /** Puts the database of a packed file into a directory that holds no vault. @throws when one exists there. */
  unpack(path: string, directory: string): Result<null, 'missing' | 'damaged' | 'disk-full'>
}

/** Low-volume typed objects (people, policies, workspaces, invitations, receipts, settings), CBOR inside. */
export interface RecordStore {
  get<T>(kind: string, id: string): T | undefined
  put<T>(kind: string, id: string, value: T): void
  remove(kind: string, id: string): void
  /** All of a kind, ordered by id. */
  list<T>(kind: string): readonly { readonly id: string; readonly value: T }[]
}

export type Row = readonly Cell[]

/** Imported tables. A dataset in `staging` is invisible to everything but its import, and swept when the vault opens. */
export interface DatasetStore {
  stage(id: DatasetId, columns: readonly Column[]): void
  append(id: DatasetId, rows: readonly Row[]): void
  /** Makes a staged dataset visible, taking the place of `replaces` when given. */
  publish(id: DatasetId, replaces?: DatasetId): void
  drop(id: DatasetId): void
  count(id: DatasetId): number
  /** One page in import order, or ordered by a column; `filter` is a substring over text columns. Returns the total that match, too. */
  page(id: DatasetId, query: PageQuery): { readonly rows: readonly Row[]; readonly total: number }
  /** Streams the named columns of every row, in import order. */
  scan(id: DatasetId, columns: readonly string[]): Iterable<Row>
  sweepStaging(): number
}
export interface PageQuery {
  readonly offset: number
  readonly limit: number
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly filter?: string
}

/** Runs as received: packed rows, no index per hash. */
export interface LogStore {
  /** Appends a verified run. @throws when (feed, firstSeq) is not the feed's next: the caller checks first. */
  append(run: StoredRun): void
  /** Runs of a feed from `fromSeq` on (the run containing it included), at most `limit`. */
  runs(channel: string, feed: string, fromSeq: number, limit: number): readonly StoredRun[]
  /** feed → last seq held, for a channel. */
  frontier(channel: string): ReadonlyMap<string, number>
  /** Every channel that has a run. */
  channels(): readonly string[]
  /** All runs of a channel in local arrival order, from the one at place `from` on (0 the first): what a rebuild of the projections reads. */
  replay(channel: string, from?: number): Iterable<StoredRun>
  /** How many runs of a channel there are: the place of the next in its order of arrival. */
  count(channel: string): number
}
export interface StoredRun {
  readonly channel: string
  readonly feed: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly bytes: Uint8Array
}

export interface AuditStore {
  head(): { readonly seq: number; readonly hash: Hash }
  append(entry: AuditEntry): void
  range(fromSeq: number, limit: number): readonly AuditEntry[]
  search(query: AuditQuery): { readonly entries: readonly AuditEntry[]; readonly total: number }
}
export interface AuditQuery {
  readonly text?: string
  readonly kinds?: readonly AuditEvent['kind'][]
  readonly from?: Instant
  readonly to?: Instant
  readonly offset: number
  readonly limit: number
}

/** The operating system's key store. `unavailable` covers a store that would keep the key under a hard-coded password. */
export interface Keychain {
  available(): boolean
  protect(name: string, secret: Uint8Array): Result<Uint8Array, 'unavailable'>
  reveal(name: string, blob: Uint8Array): Result<Uint8Array, 'unavailable' | 'refused'>
}

/** Reads and writes spreadsheets off the engine's own thread, so that a large file never blocks a window. */
export interface Tables {
  /** Looks at the beginning of a file: encoding, delimiter or sheets, header guess, first rows. */
  probe(file: TableFile, choice: TableChoice): Promise<Result<TableProbe, TableRefusal>>
  /** Streams all rows as raw cells with their line numbers; stops when `signal.aborted` turns true, or after a refusal. */
  read(
    file: TableFile,
    choice: TableChoice,
    signal: { readonly aborted: boolean },
  ): AsyncIterable<Result<RawBatch, TableRefusal>>
  writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array>
}
export interface TableFile {
  readonly name: string
  readonly bytes: Uint8Array
}
export interface TableChoice {
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256'
  readonly delimiter?: ',' | ';' | '\t'
  readonly sheet?: string
  /** 0-based row that holds the column names. */
  readonly headerRow?: number
}
export interface TableProbe {
  readonly format: 'csv' | 'xlsx'
  /** Of the file's bytes, lower-case hex: provenance that anybody can check with their own tools. */
  readonly sha256: string
  readonly encoding?: NonNullable<TableChoice['encoding']>
  readonly delimiter?: NonNullable<TableChoice['delimiter']>
  readonly sheets: readonly string[]
  readonly sheet?: string
  readonly headerRow: number
  readonly headers: readonly string[]
  readonly sample: readonly (readonly string[])[]
}
export interface RawBatch {
  readonly rows: readonly { readonly line: number; readonly cells: readonly RawCell[] }[]
  readonly malformed: readonly {
    readonly line: number
    readonly problem: 'column-count' | 'unclosed-quote' | 'bad-encoding'
  }[]
  /** 0..1, of the bytes or rows of the file. */
  readonly progress: number
}
/** XLSX gives typed cells; CSV gives text. A date serial arrives as an ISO date string. */
export type RawCell = string | number | boolean | null
export type TableRefusal =
  'empty' | 'not-a-table' | 'too-large' | 'encrypted' | 'legacy-workbook' | 'no-such-sheet' | 'bad-encoding'
export interface WorkbookSheet {
  readonly name: string
  readonly rightToLeft: boolean
  readonly columns: readonly { readonly header: string; readonly width?: number }[]
  readonly rows: readonly (readonly RawCell[])[]
}

/** Writes a calendar file (RFC 5545) that other programs import. Whole days only; never fails. */
export interface Calendars {
  write(file: CalendarFile): Uint8Array
}
export interface CalendarFile {
  readonly name: string
  /** When it is exported: a later file's entries take the place of an earlier one's with the same id. */
  readonly at: Instant
  readonly events: readonly CalendarEvent[]
}
/**
 * Standards as documents, and files against their tests. What is read comes from outside and what is obeyed (schemas, patterns)
 * from a partner: all of it runs on a thread of its own that ends after a deadline, whatever it was made to do.
 */
export interface StandardFiles {
  /** A DOCX or Markdown file, told apart by its bytes. */
  readDocument(file: TableFile): Promise<Result<ImportedStandard, DocumentRefusal>>
  writeDocx(content: Pick<StandardContent, 'title' | 'clauses'>, language: 'en' | 'ar'): Promise<Uint8Array>
  /** Runs a test on a file. A file that is not what the test expects fails it; only what cannot be judged is refused. */
  check(test: FileTest, file: TableFile): Promise<Result<Checked, CheckRefusal>>
  sha256(bytes: Uint8Array): string
}
/** Agreements as Word files. What is read comes from outside, so it is read on a thread of its own that ends after a deadline. */
export interface WordFiles {
  write(draft: WordDraft): Promise<Uint8Array>
  read(file: TableFile): Promise<Result<WordReading, WordRefusal>>
}
export type WordRefusal =
  | 'word-empty'
  | 'word-too-large'
  | 'word-unreadable'
  | 'word-encrypted'
  | 'word-legacy' // a .doc of before 2007
  | 'word-macros' // it carries programs
  | 'too-slow'

export interface FileTest {
  readonly method: 'json-schema' | 'csv-rules'
  readonly input: string
}
export type Checked = CheckOutcome & {
  /** Of the file's bytes, lower-case hex: what the result is said about. */
  readonly sha256: string
}
export type DocumentRefusal =
  | 'document-empty'
  | 'document-too-large'
  | 'document-unreadable'
  | 'document-encrypted'
  | 'document-legacy'
  | 'document-without-clauses'
  | 'too-slow'
export type CheckRefusal = SchemaRefusal | 'rules-malformed' | 'file-empty' | 'file-too-large' | 'too-slow'

/** Files outside the vault that the engine itself makes: backups on their way in or out. Never plaintext of the vault. */
export interface Disk {
  read(path: string): Uint8Array
  write(path: string, bytes: Uint8Array): void
  remove(path: string): void
  /** Removes a directory with everything in it. */
  removeTree(directory: string): void
}

/**
 * The few addresses on the network that a company named on purpose, such as a timestamp authority or a model. The shell asks them; the
 * engine opens no connection of its own.
 */
export interface Endpoints {
  /** From now on exactly these addresses may be asked, and no other. */
  allow(urls: readonly string[]): void
  /** One request and its whole answer. A redirect is another address, and is not followed. */
  ask(request: EndpointRequest): Asked
}
export interface EndpointRequest {
  readonly url: string
  readonly contentType: string
  /** The value of the header of that name; null for none. */
  readonly authorization: string | null
  /** Posted; null asks with GET. */
  readonly body: Uint8Array | null
  /** How long the whole answer may take, in milliseconds. */
  readonly patience: number
  /** The most bytes that an answer may have. */
  readonly most: number
}
export interface EndpointAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}
export type EndpointRefusal =
  | 'address-not-allowed'
  | 'endpoint-unreachable'
  | 'endpoint-redirects'
  | 'answer-too-large'
  | 'endpoint-too-slow'
  | 'cancelled'
export interface Asked {
  readonly answer: Promise<Result<EndpointAnswer, EndpointRefusal>>
  /** Ends the connection; the answer is `cancelled` if it was not there yet. */
  cancel(): void
}

/** Timers, so that tests own them. */
export interface Scheduler {
  after(milliseconds: number, work: () => void): { cancel(): void }
  /** Lets other work run: what a long loop awaits between slices. */
  breathe(): Promise<void>
}

/** A two-way stream of whole messages to one peer: a local port, the carrier's channel, anything. */
export interface Pipe {
  send(message: Uint8Array): void
  onMessage(listener: (message: Uint8Array) => void): void
  onClose(listener: () => void): void
  close(): void
}
