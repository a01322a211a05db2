import * as Y from 'yjs'
import type { Engine } from '#engine/engine.ts'
import type { EngineClient } from '#headless/company.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

type Plain = string | number | boolean

/** What somebody does to a document. */
export type Edit =
  | { readonly kind: 'add'; readonly set: string; readonly id: string; readonly values: Readonly<Record<string, Plain>> }
  | { readonly kind: 'set'; readonly set: string; readonly id: string; readonly field: string; readonly value: Plain }
  | { readonly kind: 'remove'; readonly set: string; readonly id: string }
  /** Letters into the one paragraph of a rich text, which is made when it is not there; `at` null: at its end. */
  | { readonly kind: 'type'; readonly set: string; readonly id: string; readonly field: string; readonly at: number | null; readonly text: string } // prettier-ignore

/** In a window of one's own: the same copy of the document as the app's. */
export interface WindowOrder {
  readonly artifact: string
  readonly channel: string
  readonly edits: readonly Edit[]
  /** The set, and the rich text, that is looked at in the end. */
  readonly look: {
    readonly set: string
    readonly text: { readonly set: string; readonly id: string; readonly field: string }
  }
}
export interface Shown {
  readonly id: string
  readonly values: Readonly<Record<string, unknown>>
  /** All that stands against each other in a field, each with the person who wrote it. */
  readonly conflicts: Readonly<Record<string, readonly string[]>>
  readonly removal: string | null
}
export interface Look {
  readonly records: readonly Shown[]
  readonly text: string
  /** The bytes of the section, in hex. */
  readonly state: string
}

/** Opens the document, edits it, waits until all of that is committed, and tells what stands there. */
export async function obeyInWindow(engine: Engine, client: EngineClient, order: WindowOrder): Promise<Look> {
  const { artifact, channel, edits, look } = order
  const live = await openWindow({ engine, client }, artifact)
  for (const edit of edits) perform(live, edit)
  await kept(live)
  const records = await Promise.all(rows(live, look.set).map(async ({ id, values, conflicts, removal }): Promise<Shown> => ({
    id,
    values,
    conflicts: Object.fromEntries(await Promise.all([...conflicts].map(async ([field, held]) => [field, await authored(client, artifact, held)] as const))),
    removal: removal?.state ?? null,
  }))) // prettier-ignore
  const text = letters(live.fragment(look.text.set, look.text.id, look.text.field))
  live.close()
  const runtime = engine.desk.session.hub.runtime(channel as ChannelId)
  if (!runtime) throw new Error('no such channel')
  return { records, text, state: toHex(runtime.stateOf(artifact as ArtifactId, 'joint' as SectionName)) }
}

/** `value by person`, in the order of the values. */
async function authored(
  client: EngineClient,
  artifact: string,
  held: readonly { readonly value: unknown; readonly client: number; readonly clock: number }[],
): Promise<readonly string[]> {
  const written = await client.documents.written({
    artifact,
    items: held.map((one) => ({ client: one.client, clock: one.clock })),
  })
  const by = (item: { readonly client: number }): string =>
    written.find((one) => one.client === item.client)?.by.person.name.en ?? 'nobody'
  return held.map((item) => `${String(item.value)} by ${by(item)}`).toSorted()
}

function perform(live: LiveDocument, edit: Edit): void {
  switch (edit.kind) {
    case 'add':
      live.add(edit.set, edit.values, edit.id)
      return
    case 'set':
      return live.set(edit.set, edit.id, edit.field, edit.value)
    case 'remove':
      return live.remove(edit.set, edit.id)
    case 'type': {
      const fragment = live.fragment(edit.set, edit.id, edit.field)
      live.doc.transact(() => {
        if (fragment.length === 0) {
          const paragraph = new Y.XmlElement('paragraph')
          fragment.insert(0, [paragraph])
          paragraph.insert(0, [new Y.XmlText()])
        }
        const text = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
        text.insert(edit.at ?? text.length, edit.text)
      })
      return
    }
  }
}

const letters = (fragment: Y.XmlFragment): string => fragment.toString().replaceAll(/<[^>]*>/gu, '')
