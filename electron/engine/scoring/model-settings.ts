import { isEndpoint, isNearby, originOf } from '#shared/kernel/endpoint.ts'
import type { ModelChoice, ModelSettingsView, ModelTerms } from '#shared/projection/scoring-views.ts'
import type { PrivateContext } from '#shared/scoring/prompt.ts'
import { record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { allowNamed } from '../named-addresses.ts'
import type { Hub } from '../workspaces/hub.ts'

/** Kept as `settings/model`. Key and mark name the origin that they were given for, and hold for no other. */
interface ModelSettings {
  readonly base: string | null
  readonly model: string
  readonly key: { readonly value: string; readonly origin: string } | null
  readonly own: string | null
  readonly terms: ModelTerms
  readonly context: PrivateContext
}
const NONE: ModelSettings = {
  base: null,
  model: '',
  key: null,
  own: null,
  terms: { runs: 3, limit: 15, temperature: 0.4, patience: 180, price: null },
  context: { vision: '', purpose: '', notes: '' },
}

const kept = ({ context }: Hub): ModelSettings => context.vault.records.get<ModelSettings>('settings', 'model') ?? NONE

/** What is needed to ask the model. */
export interface ModelInUse {
  readonly base: string
  readonly origin: string
  readonly model: string
  readonly key: string | null
  readonly own: boolean
  readonly terms: ModelTerms
  /** Only to be read where `own` says so. */
  readonly context: PrivateContext
}

/** @throws Refused when no endpoint and model are set up. */
export function modelInUse(hub: Hub): ModelInUse {
  const { base, model, key, own, terms, context } = kept(hub)
  if (base === null || model === '') throw new Refused('scoring', 'no-endpoint')
  const origin = originOf(base)
  return { base, origin, model, key: key?.origin === origin ? key.value : null, own: own === origin, terms, context }
}

export function modelSettingsView(hub: Hub): ModelSettingsView {
  const { base, model, key, own, terms, context } = kept(hub)
  const origin = base === null ? null : originOf(base)
  const bound = (to: string | null | undefined): boolean => origin !== null && to === origin
  return { base, origin, model, hasKey: bound(key?.origin), own: bound(own), terms, context }
}

/**
 * Keeps what the person chose. A key goes to no other origin than it was typed for, so another address begins without one; a mark for
 * another origin is none. @throws Refused
 */
export function saveModelSettings(hub: Hub, choice: ModelChoice): ModelSettingsView {
  const before = kept(hub)
  const base = addressOf(choice.base)
  const origin = base === null ? null : originOf(base)
  const same = origin !== null && before.base !== null && originOf(before.base) === origin
  const own = origin !== null && choice.own === origin ? origin : null
  const standing = same ? before.key : null
  const typed = choice.key?.trim() ?? null
  const key = typed === null ? standing : typed === '' || origin === null ? null : { value: typed, origin }
  const next: ModelSettings = { base, model: choice.model.trim(), key, own, terms: choice.terms, context: choice.context }
  hub.change(() => {
    hub.context.vault.records.put<ModelSettings>('settings', 'model', next)
    const actor = certificateIn(hub.identity.certified).name.en
    const subject = { id: 'model', name: origin ?? '' }
    const detail = { model: next.model, own: own !== null, key: key !== null }
    record(hub.context, { kind: 'company', code: 'model-set', actor, subject, detail })
    return undefined
  })
  allowNamed(hub.context)
  return modelSettingsView(hub)
} // prettier-ignore

function addressOf(text: string | null): string | null {
  const base = text?.trim().replace(/\/+$/, '') ?? ''
  if (base === '') return null
  if (!isEndpoint(base) || base.includes('?')) throw new Refused('scoring', 'not-an-address')
  if (base.startsWith('http:') && !isNearby(base)) throw new Refused('scoring', 'not-encrypted')
  return base
}

/** Names of the models that the endpoint offers; what is asked says nothing of the company. @throws Refused */
export async function modelsOffered(hub: Hub): Promise<readonly string[]> {
  const { base, key, terms } = modelInUseOrUnnamed(hub)
  const { advisor, endpoints } = hub.context
  return must(await advisor.models({ base, key, patience: terms.patience * 1000 }, (request) => endpoints.ask(request).answer), 'scoring') // prettier-ignore
}

function modelInUseOrUnnamed(hub: Hub): Pick<ModelInUse, 'base' | 'key' | 'terms'> {
  const { base, key, terms } = kept(hub)
  if (base === null) throw new Refused('scoring', 'no-endpoint')
  return { base, key: key?.origin === originOf(base) ? key.value : null, terms }
}
