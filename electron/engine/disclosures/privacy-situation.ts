import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { ConsentRecord } from '#shared/policy/privacy/consent.ts'
import type { GroundCase } from '#shared/policy/privacy/judge-ground.ts'
import { profileOf } from '../identity/company.ts'
import type { Hub } from '../workspaces/hub.ts'

export const CONSENT = 'consent'
export const DATA_COUNTRY = 'data-country'

export const consentsOf = ({ context }: Hub): ReadonlyMap<string, ConsentRecord> =>
  new Map(context.vault.records.list<ConsentRecord>(CONSENT).map(({ id, value }) => [id, value]))

/** What `judgeGround` has to know of this vault. */
export function privacySituation(hub: Hub): Pick<GroundCase, 'consents' | 'ownCountry' | 'countries' | 'today'> {
  const { vault, clock } = hub.context
  return {
    consents: consentsOf(hub),
    ownCountry: profileOf(hub).country,
    countries: new Map(vault.records.list<string>(DATA_COUNTRY).map(({ id, value }) => [id as CompanyId, value])),
    today: dateOf(clock.now()),
  }
}
