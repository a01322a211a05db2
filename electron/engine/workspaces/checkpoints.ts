import type { ChannelId, CompanyId } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { CheckpointParts } from '#shared/membership/types.ts'
import type { ChannelView } from '#shared/projection/workspace-views.ts'
import type { Attestation, Checkpoint } from '#shared/sync/checkpoints.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { writable } from '../identity/devices.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from './hub.ts'
import { control, writeIn } from './membership-steps.ts'

/** Reading sections again costs something, and a member may invent cuts: so many are answered by themselves in a day. */
const ANSWERS_A_DAY = 24
const DAY = 86_400_000
/** The cut names one entry of each feed, and an entry has room for so many. */
const MOST_FEEDS = 1024

/** Says what this device's reading of the channel comes to now, for the others to come to the same. @throws Refused */
export function makeCheckpoint(hub: Hub, channel: ChannelId): void {
  const runtime = writable(hub).find(({ id }) => id === channel)
  if (!runtime) throw new Refused('workspaces', 'not-active')
  if (runtime.admission.index.lines.length > MOST_FEEDS) throw new Refused('workspaces', 'checkpoint-too-large')
  if (!isNews(runtime)) throw new Refused('workspaces', 'checkpoint-no-news')
  const said = runtime.checkpoint()
  if (!said) throw new Error('what counts now is no cut of its own reading')
  hub.change(() => {
    writeIn(hub, channel, [control(said)])
    note(hub, runtime, 'checkpoint-made')
    return undefined
  })
}

/**
 * Answers checkpoints of other companies: this device reads its own log at their cut and says what it came to, the same or not. Of each
 * company only the newest is answered, once for all devices of ours. True when something was written.
 */
export function answerCheckpoints(hub: Hub): boolean {
  let wrote = false
  for (const runtime of writable(hub)) {
    const { checkpoints } = runtime.admission
    const now = hub.context.clock.now()
    const own = checkpoints.all.flatMap(({ words }) => words.filter(({ device }) => device === hub.identity.device.id))
    let left = ANSWERS_A_DAY - own.filter(({ at }) => now - at < DAY).length
    for (const asked of unanswered(runtime, hub.identity.card.company)) {
      const said = left > 0 ? runtime.checkpoint(asked.heads) : undefined
      if (!said) continue
      left--
      const same = differing(asked.parts, said.parts).length === 0
      hub.change(() => {
        writeIn(hub, runtime.id, [control(said)])
        note(hub, runtime, same ? 'checkpoint-attested' : 'checkpoint-differs')
        return undefined
      })
      wrote = true
    }
  }
  return wrote
}

/** Of every other company the newest checkpoint, where none of our devices has said anything of that cut. */
function unanswered({ admission }: ChannelRuntime, own: CompanyId): readonly Checkpoint[] {
  const newest = new Map<CompanyId, { readonly checkpoint: Checkpoint; readonly lamport: number }>()
  const { all } = admission.checkpoints
  for (const checkpoint of all)
    for (const { author, lamport } of checkpoint.words)
      if (author.company !== own && lamport > (newest.get(author.company)?.lamport ?? 0))
        newest.set(author.company, { checkpoint, lamport })
  const answered = new Set(all.flatMap(({ cut, words }) => (words.some(({ author }) => author.company === own) ? [cut] : []))) // prettier-ignore
  const found = new Map([...newest.values()].map(({ checkpoint }) => [checkpoint.cut, checkpoint]))
  return [...found.values()].filter(({ cut }) => !answered.has(cut))
}

/** Whether anything but words about checkpoints was written since the latest one. */
function isNews({ admission }: ChannelRuntime): boolean {
  const latest = latestOf(admission.checkpoints.all)
  if (latest === undefined) return true
  const heads = new Map(latest.heads.map(({ feed, seq }) => [feed, seq]))
  const words = new Set(admission.checkpoints.all.flatMap((one) => one.words.map(({ feed, seq }) => `${feed}/${String(seq)}`))) // prettier-ignore
  return admission.index.lines.some(({ id, admitted }) => {
    for (let seq = (heads.get(id) ?? 0) + 1; seq <= admitted.length; seq++)
      if (!words.has(`${id}/${String(seq)}`)) return true
    return false
  })
}

/** The latest checkpoint of a channel, as the screen shows it. An internal workspace has nobody to attest to. */
export function checkpointOf(runtime: ChannelRuntime): Pick<ChannelView, 'checkpoint' | 'attestedAt'> {
  const { checkpoints } = runtime.admission
  const all = checkpoints.all
  const latest = latestOf(all)
  if (latest === undefined || isInternal(runtime.members.genesis)) return {}
  const nameOf = (company: CompanyId) => runtime.members.companies.get(company)?.card.name ?? { en: '', ar: '' }
  const whole = latestOf(all.filter((one) => checkpoints.stands(one)))
  const others = all.filter(({ cut, id }) => cut === latest.cut && id !== latest.id)
  const spoke = new Set(others.flatMap(({ words }) => words.map(({ author }) => author.company)))
  const madeAt = ({ words }: Checkpoint) => inOrder(words)[0]?.at
  const at = madeAt(latest)
  const attestedAt = whole && madeAt(whole)
  if (at === undefined) return {}
  return {
    checkpoint: {
      id: latest.id,
      at,
      entries: latest.heads.reduce((sum, { seq }) => sum + seq, 0),
      stands: checkpoints.stands(latest),
      attested: inOrder(latest.words).map((word) => ({
        company: nameOf(word.author.company),
        person: word.author.name,
        at: word.at,
      })),
      missing: checkpoints
        .attested(latest)
        .missing.filter((company) => !spoke.has(company))
        .map(nameOf),
      differing: others.flatMap(({ words, parts }) =>
        inOrder(words).map(({ author }) => ({
          company: nameOf(author.company),
          person: author.name,
          parts: differing(latest.parts, parts),
        })),
      ),
    },
    ...(attestedAt !== undefined && { attestedAt }),
  }
}

/** As the channel's clock has it, so that every device shows the same, after every restart. */
const inOrder = (words: readonly Attestation[]): readonly Attestation[] =>
  [...words].sort((left, right) => left.lamport - right.lamport || (left.feed < right.feed ? -1 : 1))

/** The one with most entries behind it; of several results at one cut the one that most companies came to. */
function latestOf(all: readonly Checkpoint[]): Checkpoint | undefined {
  const rank = ({ heads, words }: Checkpoint): readonly [number, number] => [
    heads.reduce((sum, { seq }) => sum + seq, 0),
    new Set(words.map(({ author }) => author.company)).size,
  ]
  const [latest] = all
    .filter(({ words }) => words.length > 0)
    .sort((left, right) => {
      const [[entries, companies], [moreEntries, moreCompanies]] = [rank(left), rank(right)]
      return moreEntries - entries || moreCompanies - companies || (left.id < right.id ? -1 : 1)
    })
  return latest
}

const PARTS = ['verdicts', 'members', 'epochs', 'documents'] as const

const differing = (one: CheckpointParts, other: CheckpointParts): readonly (typeof PARTS)[number][] =>
  PARTS.filter((part) => one[part].some((byte, at) => byte !== other[part][at]))

function note(hub: Hub, runtime: ChannelRuntime, code: string): void {
  record(hub.context, {
    kind: 'workspace',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id: runtime.id, name: runtime.members.channel?.definition?.name.en ?? '' },
    detail: {},
  })
}
