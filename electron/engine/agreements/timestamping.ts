import type { TimestampingView, TimestampRootView, TimestampTrial } from '#shared/projection/agreement-views.ts'
import { isEndpoint } from '#shared/kernel/endpoint.ts'
import { allowNamed } from '../named-addresses.ts'
import { record } from '../context.ts'
import type { Context } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { SignOrder } from './ports.ts'
import { postedTo, timestampBy } from './timestamp-by-url.ts'

/** What a company chose: an authority to ask, and roots whose timestamps it believes. Kept as `settings/timestamping`. */
interface Timestamping {
  readonly url: string | null
  readonly roots: readonly Uint8Array[]
}
const NONE: Timestamping = { url: null, roots: [] }
const LARGEST_ROOT = 16 * 1024

const kept = ({ vault }: Pick<Context, 'vault'>): Timestamping =>
  vault.records.get<Timestamping>('settings', 'timestamping') ?? NONE

/** Roots of authorities that are believed; undefined when there are none, so that a time does not count. */
export const believedRoots = ({ context }: Pick<Hub, 'context'>): readonly Uint8Array[] | undefined => {
  const { roots } = kept(context)
  return roots.length > 0 ? roots : undefined
}

/** How signatures ask for a timestamp; undefined when no authority was chosen. */
export function askedAuthority({ context }: Pick<Hub, 'context'>): SignOrder['timestamp'] {
  const { url } = kept(context)
  return url === null ? undefined : timestampBy(postedTo(context.endpoints), url)
}

export const timestampHost = ({ context }: Pick<Hub, 'context'>): string | null => {
  const { url } = kept(context)
  return url === null ? null : hostOf(url)
}
/** The host of an address that `isEndpoint` let through. */
const hostOf = (url: string): string => /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url

export const timestampingView = ({ context }: Pick<Hub, 'context'>): TimestampingView => {
  const { url, roots } = kept(context)
  return { url, roots: roots.map((root) => rootView(context, root)) }
}

const rootView = ({ paper }: Pick<Context, 'paper'>, root: Uint8Array): TimestampRootView => {
  const facts = paper.certificates.describe(root)
  const name = [facts?.person, facts?.company].filter(Boolean).join(' · ')
  return { fingerprint: paper.sha256(root), name }
}

/** Keeps an address and whom to believe: those of the known roots that are named, and one that was handed over. @throws Refused */
export function saveTimestamping(
  hub: Hub,
  choice: { readonly url: string | null; readonly roots: readonly string[] },
  file: Uint8Array | undefined,
): void {
  const { context } = hub
  const url = choice.url === null || choice.url === '' ? null : choice.url
  if (url !== null && !isEndpoint(url)) throw new Refused('agreements', 'not-an-address')
  const more = file ? [certificateOf(context, file)] : []
  const known = [...kept(context).roots, ...(tried.get(context.vault) ?? [])]
  const chosen = known.filter((root) => choice.roots.includes(context.paper.sha256(root)))
  const roots = [...new Map([...chosen, ...more].map((root) => [context.paper.sha256(root), root])).values()]
  hub.change(() => {
    context.vault.records.put<Timestamping>('settings', 'timestamping', { url, roots })
    const actor = certificateIn(hub.identity.certified).name.en
    const subject = { id: 'timestamping', name: url === null ? '' : hostOf(url) }
    record(context, { kind: 'company', code: 'timestamping-set', actor, subject, detail: { roots: roots.length } })
    return undefined
  })
  allowNamed(context)
}

/** A certificate as a file holds it, PEM or DER. @throws Refused */
function certificateOf({ paper }: Pick<Context, 'paper'>, file: Uint8Array): Uint8Array {
  const der = paper.certificates.fromFile(file.subarray(0, LARGEST_ROOT))
  if (!der) throw new Refused('agreements', 'not-a-certificate')
  return der
}

/** Certificates that came with a trial: to be believed only once a person says so. */
const tried = new WeakMap<Context['vault'], readonly Uint8Array[]>()

/** Asks the authority for one timestamp over random bytes. @throws Refused */
export async function tryTimestamping(hub: Hub): Promise<TimestampTrial> {
  const { context } = hub
  const ask = askedAuthority(hub)
  if (!ask) throw new Refused('agreements', 'no-authority-chosen')
  const bytes = context.crypto.random(32)
  const { at, certificates } = must(await context.paper.pdfs.stamp(bytes, ask), 'agreements')
  const unique = [...new Map(certificates.map((one) => [context.paper.sha256(one), one])).values()]
  tried.set(context.vault, unique)
  const believed = kept(context).roots.some((root) => context.paper.certificates.leadsTo(certificates, root))
  return { at, certificates: unique.map((one) => rootView(context, one)), believed }
}
