import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { decodeFromEngine, encodeFromWindow, MOST_PRESENCE, type FromEngine } from '#shared/contract/live.ts'
import { clocksIn, registersIn } from '#shared/living/items.ts'
import type { TextClocks } from '#shared/living/records.ts'
import {
  REGISTERS,
  readTextRoot,
  textRoot,
  type Plain,
  type Register,
  type RegisterWrite,
} from '#shared/living/register.ts'
import { addRecord, keepRecord, removeRecord, setField } from '#shared/living/write.ts'
import type { RefusalView } from '#shared/projection/app-views.ts'
import type { AuthorView, OpenedDocument } from '#shared/projection/document-views.ts'
import type { Hears, LivePort } from './live-port.ts'
import { refusalOf } from './refusal.ts'
import { unkeptIn, type Draft } from './unkept.ts'

/** Who else is in the document and where; `who` is null for another window of this device. */
export interface Other {
  readonly client: number
  readonly who: Pick<AuthorView, 'company' | 'person'> | null
  readonly where: string | null
}

/** Where a copy comes from: asks for a replica, and opens the port that its token stands for. */
export interface LiveSource {
  open(): Promise<OpenedDocument>
  port(token: string, hears: Hears): LivePort
}

const REMOTE = Symbol('from the engine')
const AGAIN_MS = 1_000

/**
 * One window's copy of a document's section. It begins with the engine's state, writes under a client id of its own, and
 * counts what the engine has kept: whatever was not kept when the copy ends is offered to the person as drafts.
 */
export class LiveDocument {
  readonly #source: LiveSource
  readonly #listeners = new Set<() => void>()
  #port: LivePort | undefined
  #doc = new Y.Doc()
  #awareness = new Awareness(this.#doc)
  #opened: OpenedDocument | undefined
  #status: 'opening' | 'live' | 'lost' | 'refused' = 'opening'
  #refusal: RefusalView | undefined
  #drafts: readonly Draft[] = []
  /** Ends of the own updates that are under way, by clock. */
  #underWay: number[] = []
  #keptClock = 0
  #names = new Map<number, Other['who']>()
  #registers: readonly Register[] | undefined
  #version = 0
  #closed = false
  /** What stood in the field that the person is in when they entered it. */
  #seen: { readonly where: string; readonly items: ReadonlySet<string> } | undefined

  constructor(source: LiveSource) {
    this.#source = source
  }

  /** Opens the document; the answer closes it. It may be opened again. */
  readonly start = (): (() => void) => {
    this.#closed = false
    this.#status = 'opening'
    void this.#open()
    return () => this.close()
  }

  get status(): 'opening' | 'live' | 'lost' | 'refused' {
    return this.#status
  }
  /** Why the last copy ended, until the person has read it. */
  get refusal(): RefusalView | undefined {
    return this.#refusal
  }
  get opened(): OpenedDocument | undefined {
    return this.#opened
  }
  get mayWrite(): boolean {
    return this.#status === 'live' && this.#opened?.mayWrite === true
  }
  /** Changes whenever the copy is replaced: whoever holds on to types of it has to ask anew. */
  get doc(): Y.Doc {
    return this.#doc
  }
  get awareness(): Awareness {
    return this.#awareness
  }
  get client(): number {
    return this.#doc.clientID
  }
  get drafts(): readonly Draft[] {
    return this.#drafts
  }
  /** Own changes that the engine has not kept yet. */
  get unkept(): number {
    return this.#underWay.length
  }
  /** Grows with every change: what a screen subscribes to. */
  get version(): number {
    return this.#version
  }
  get registers(): readonly Register[] {
    return (this.#registers ??= registersIn(this.#doc.getMap(REGISTERS)))
  }
  get others(): readonly Other[] {
    const found: Other[] = []
    for (const [client, state] of this.#awareness.getStates()) {
      if (client === this.client) continue
      const where: unknown = state['where']
      found.push({ client, who: this.#names.get(client) ?? null, where: typeof where === 'string' ? where : null })
    }
    return found
  }

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Says where in the document the person is, e.g. `milestones/ab12/title`; null: nowhere in particular. */
  present(where: string | null): void {
    if (where !== null) this.#seen = { where, items: this.#itemsAt(where) }
    // What is saved by leaving a field still goes by what was seen when it was entered.
    else setTimeout(() => (this.#seen = undefined))
    if (this.#status === 'live') this.#awareness.setLocalStateField('where', where)
  }

  /**
   * Gives a field a value. While the person is in that field, only what they saw when they entered it gives way: what came
   * in meanwhile stands beside it, as a contradiction that is shown.
   */
  set(set: string, record: string, field: string, value: Plain | undefined): void {
    const where = `${set}/${record}/${field}`
    const seen = this.#seen?.where === where ? this.#seen.items : undefined
    const known = seen
      ? this.registers.filter((one) => placeOf(one) !== where || one.client === this.client || seen.has(itemOf(one)))
      : this.registers
    this.#write(setField(known, this.#place(set, record), field, value))
  }

  /** Several fields of one record in one change. */
  setAll(set: string, record: string, values: Readonly<Record<string, Plain | undefined>>): void {
    const place = this.#place(set, record)
    this.#write(Object.entries(values).flatMap(([field, value]) => setField(this.registers, place, field, value)))
  }

  /** A new record and its id. */
  add(set: string, values: Readonly<Record<string, Plain | undefined>>, id: string = newRecordId()): string {
    this.#write(addRecord(this.#place(set, id), values))
    return id
  }

  /** Several new records in one change, e.g. from a paste. */
  addAll(set: string, records: readonly Readonly<Record<string, Plain | undefined>>[]): readonly string[] {
    const made = records.map((values) => ({ id: newRecordId(), values }))
    this.#write(made.flatMap(({ id, values }) => addRecord(this.#place(set, id), values)))
    return made.map(({ id }) => id)
  }

  remove(set: string, record: string): void {
    this.#write(removeRecord(this.registers, this.#place(set, record), this.textsOf(set, record)))
  }

  /** Takes a removal back. */
  keep(set: string, record: string): void {
    this.#write(keepRecord(this.registers, this.#place(set, record)))
  }

  /** The rich text of a field, for an editor to bind to. */
  fragment(set: string, record: string, field: string): Y.XmlFragment {
    return this.#doc.getXmlFragment(textRoot(set, record, field))
  }

  /** Whose letters the rich texts of a record hold. */
  readonly textsOf = (set: string, record: string): ReadonlyMap<string, TextClocks> => {
    const found = new Map<string, TextClocks>()
    for (const root of this.#doc.share.keys()) {
      const place = readTextRoot(root)
      if (place?.set === set && place.record === record)
        found.set(place.field, clocksIn(this.#doc.getXmlFragment(root)))
    }
    return found
  }

  dropDrafts(): void {
    this.#drafts = []
    this.#refusal = undefined
    this.#changed()
  }

  close(): void {
    this.#closed = true
    this.#end()
  }

  #itemsAt(where: string): ReadonlySet<string> {
    return new Set(this.registers.filter((one) => placeOf(one) === where).map(itemOf))
  }

  #place = (set: string, record: string) => ({ set, record, client: this.client })

  #write(writes: readonly RegisterWrite[]): void {
    if (!this.mayWrite || writes.length === 0) return
    const map = this.#doc.getMap(REGISTERS)
    this.#doc.transact(() => {
      for (const { key, value } of writes) {
        if (value === undefined) map.delete(key)
        else map.set(key, value)
      }
    })
  }

  async #open(): Promise<void> {
    try {
      const opened = await this.#source.open()
      if (this.#closed) return
      this.#opened = opened
      this.#port = this.#source.port(opened.token, {
        message: (bytes) => this.#hear(decodeFromEngine(bytes)),
        lost: () => this.#lost(undefined),
      })
    } catch (error) {
      const refusal = refusalOf(error)
      if (this.#closed) return
      this.#refusal = refusal
      this.#status = refusal.module === 'app' ? 'lost' : 'refused'
      this.#changed()
      if (this.#status === 'lost') this.#again()
    }
  }

  #hear(frame: FromEngine | undefined): void {
    switch (frame?.kind) {
      case 'state':
        return this.#begin(frame.bytes)
      case 'update':
        Y.applyUpdate(this.#doc, frame.bytes, REMOTE)
        return
      case 'kept':
        this.#keptClock = this.#underWay[frame.count - 1] ?? this.#keptClock
        this.#underWay.splice(0, frame.count)
        return this.#changed()
      case 'refused':
        return this.#lost(frame.refusal)
      case 'present':
        return this.#meet(frame)
      case undefined:
        return
    }
  }

  /** A fresh copy: everything that was held of the one before is let go. */
  #begin(state: Uint8Array): void {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state, REMOTE)
    // After the state: a replica's number may come again, and Yjs gives way to a client id that it meets in an update.
    doc.clientID = this.#opened?.client ?? doc.clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.#registers = undefined
      if (origin !== REMOTE) this.#send(update)
      this.#changed()
    })
    // After a remote change Yjs tidies formatting by a transaction of its own; what nobody meant nobody should have written.
    doc.on('afterTransaction', (transaction) => {
      transaction._needFormattingCleanup = false
    })
    this.#awareness.destroy()
    this.#doc.destroy()
    this.#doc = doc
    this.#registers = undefined
    this.#underWay = []
    this.#keptClock = Y.getState(doc.store, doc.clientID)
    this.#awareness = new Awareness(doc)
    this.#awareness.on('update', (changes: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
      if (origin !== REMOTE && Object.values(changes).flat().includes(this.client)) this.#tellPresence()
      this.#changed()
    })
    this.#names.clear()
    this.#status = 'live'
    // A first state has clock 0, which nobody takes; and whoever is here already sees at once that somebody came.
    this.#awareness.setLocalState({ where: null })
    this.#changed()
  }

  #send(update: Uint8Array): void {
    this.#underWay.push(Y.getState(this.#doc.store, this.client))
    this.#port?.send(encodeFromWindow({ kind: 'update', bytes: update }))
  }

  #tellPresence(): void {
    const bytes = encodeAwarenessUpdate(this.#awareness, [this.client])
    if (bytes.length <= MOST_PRESENCE) this.#port?.send(encodeFromWindow({ kind: 'present', bytes }))
  }

  #meet({ who, bytes }: Extract<FromEngine, { kind: 'present' }>): void {
    const client = speakerOf(bytes)
    if (client === undefined || client === this.client) return
    const known = this.#names.has(client)
    // The engine says whose it is; who speaks under a client that is somebody else's is not heard.
    if (known && !sameWho(this.#names.get(client) ?? null, who)) return
    this.#names.set(client, who)
    applyAwarenessUpdate(this.#awareness, bytes, REMOTE)
    // Somebody new has not heard of us.
    if (!known) this.#tellPresence()
  }

  /** The copy ends. What the engine has not kept becomes drafts, and the document is opened anew. */
  #lost(refusal: RefusalView | undefined): void {
    if (this.#closed) return
    this.#port?.close()
    this.#port = undefined
    this.#drafts = [...this.#drafts, ...this.#unkept()]
    if (refusal) this.#refusal = refusal
    this.#status = 'lost'
    removeAwarenessStates(this.#awareness, [...this.#awareness.getStates().keys()], REMOTE)
    this.#changed()
    this.#again()
  }

  #again(): void {
    setTimeout(() => {
      if (!this.#closed) void this.#open()
    }, AGAIN_MS)
  }

  #unkept(): readonly Draft[] {
    return this.#underWay.length === 0 ? [] : unkeptIn(this.#doc, this.client, this.#keptClock)
  }

  #end(): void {
    // The others need not wait until they miss us.
    removeAwarenessStates(this.#awareness, [this.client], 'leaving')
    if (this.#underWay.length === 0) this.#port?.send(encodeFromWindow({ kind: 'leave' }))
    this.#port?.close()
    this.#port = undefined
    this.#awareness.destroy()
  }

  #changed(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

const placeOf = ({ set, record, field }: Register): string => `${set}/${record}/${field}`
const itemOf = ({ client, clock }: Register): string => `${String(client)}.${String(clock)}`

const sameWho = (left: Other['who'], right: Other['who']): boolean =>
  left?.person.id === right?.person.id && left?.company.id === right?.company.id

/** The only client that an awareness update speaks for; undefined when it is none, or speaks for several. */
function speakerOf(bytes: Uint8Array): number | undefined {
  try {
    const decoder = createDecoder(bytes)
    if (readVarUint(decoder) !== 1) return undefined
    const client = readVarUint(decoder)
    readVarUint(decoder)
    JSON.parse(readVarString(decoder))
    return client
  } catch {
    return undefined
  }
}

/** Eight random bytes: the name of a record among those that several people add at once. */
const newRecordId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
