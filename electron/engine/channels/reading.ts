import type { ChannelId } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { Genesis } from '#shared/membership/types.ts'
import { Channel, type Foreknown } from '#shared/sync/channel.ts'
import type { SectionKey } from '#shared/sync/update.ts'
import type { Documents } from '../documents.ts'
import type { ChannelDeps, ChannelSelf } from './channel-deps.ts'
import { ChannelFacts } from './facts.ts'
import { HeldBack } from './held-back.ts'
import { HeldKeys } from './held-keys.ts'
import { SectionHistory } from './section-history.ts'
import { ChannelSlices } from './slices.ts'

/** What one reading of the log has come to. It is thrown away whole when the log is read again. */
export class Reading {
  readonly channel: Channel
  readonly facts = new ChannelFacts()
  readonly documents: Documents
  readonly keys: HeldKeys
  readonly slices: ChannelSlices
  readonly history: SectionHistory
  readonly heldBack: HeldBack
  /** Sections that changed since their document was stored. */
  readonly unstored = new Set<SectionKey>()
  /** How much of this the stored state has: entries judged, blocks of changes, fresh changes in them, documents. */
  stored: {
    readonly judged: number
    readonly blocks: number
    readonly changes: number
    readonly documents: readonly SectionKey[]
  } = { judged: 0, blocks: 0, changes: 0, documents: [] }

  constructor(deps: ChannelDeps, self: ChannelSelf, genesis: Genesis, id: ChannelId, foreknown: Foreknown) {
    const { crypto } = deps
    const { workspace } = genesis
    const { facts } = this
    const keys = (this.keys = new HeldKeys(crypto, id, self))
    const documents = (this.documents = deps.newDocuments())
    this.channel = new Channel(
      {
        crypto,
        workspace,
        channel: id,
        genesis,
        keys,
        checkUpdate: (update, context) => documents.check(update, context),
        mayWrite: (artifact, section, author, ancestry) => facts.mayWrite(artifact, section, author, ancestry),
        judgeEvent: (payload, author, ancestry) =>
          facts.judgeEvent(crypto, payload, author, ancestry, isInternal(genesis)),
      },
      (epoch, created) => keys.learn(epoch, created),
      (admitted) => facts.admit(admitted),
      foreknown,
    )
    const parts = { channel: this.channel, facts, documents, keys }
    this.slices = new ChannelSlices(deps, self, id, parts)
    this.history = new SectionHistory(deps, workspace, id, parts)
    const { log } = deps
    this.heldBack = new HeldBack({ crypto, log, workspace, id, channel: this.channel, keys, history: this.history })
  }

  /** How many entries were judged. */
  get judged(): number {
    return this.channel.index.lines.reduce((sum, { admitted }) => sum + admitted.length, 0)
  }
}

/** What the parts of a reading share. */
export type ReadingParts = Pick<Reading, 'channel' | 'facts' | 'documents' | 'keys'>
