import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { consentOn, type ConsentRecord, type ConsentTerms } from '#shared/policy/privacy/consent.ts'
import type { ConsentRegister } from '#shared/projection/consent-views.ts'
import { newId, record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { othersIn, type Hub } from '../workspaces/hub.ts'
import { listDisclosures, type DisclosureRecord } from './disclosure-record.ts'
import { CONSENT, consentsOf, DATA_COUNTRY, privacySituation } from './privacy-situation.ts'
import { withdraw } from './release.ts'

/** What the audit of a withdrawn slice gives as its reason; the register has the rest. */
const CAUSE = 'consent'

/** The private register: nothing of it is ever told to a partner. */
export function consentRegister(hub: Hub): ConsentRegister {
  const { consents, countries, ownCountry, today } = privacySituation(hub)
  const partners = new Map<CompanyId, ConsentRegister['companies'][number]>()
  for (const runtime of hub.runtimes()) {
    for (const company of othersIn(runtime, hub.identity.card.company)) {
      const name = runtime.members.companies.get(company)?.card.name ?? { en: '', ar: '' }
      partners.set(company, { company, name, country: countries.get(company) ?? null })
    }
  }
  const live = listDisclosures(hub).filter(({ withdrawnAt }) => withdrawnAt === null)
  return {
    ownCountry,
    companies: [...partners.values()],
    consents: [...consents.values()]
      .map((consent) => ({
        ...consent,
        state: consentOn(consent, today),
        disclosures: live.filter((one) => restsOn(one, consent.id)).map(({ artifact, title }) => ({ artifact, title })),
      }))
      .toSorted((left, right) => (left.givenOn < right.givenOn ? 1 : -1)),
  }
}

export function addConsent(hub: Hub, terms: ConsentTerms): ConsentRecord {
  const consent: ConsentRecord = { ...terms, id: newId(hub.context.crypto), withdrawnOn: null, withdrawal: null }
  hub.change(() => {
    hub.context.vault.records.put(CONSENT, consent.id, consent)
    note(hub, 'consent-recorded', consent, { version: consent.textVersion })
    return undefined
  })
  return consent
}

/**
 * A person took a consent back (TR-22): no further revision, and what is out under it is withdrawn, its keys destroyed, in one
 * transaction. What was read before stays read: the register says when, so that the recipient can be asked to erase it.
 */
export function withdrawConsent(hub: Hub, id: string, reason: string): void {
  const consent = consentsOf(hub).get(id)
  if (!consent) throw new Refused('privacy', 'consent-unknown')
  if (consent.withdrawnOn !== null) throw new Refused('privacy', 'consent-withdrawn')
  const withdrawnOn = dateOf(hub.context.clock.now())
  hub.change(() => {
    hub.context.vault.records.put(CONSENT, id, { ...consent, withdrawnOn, withdrawal: reason })
    const ended = endWithout(hub, (disclosure) => restsOn(disclosure, id))
    note(hub, 'consent-withdrawn', consent, { disclosures: ended, reason })
    return undefined
  })
}

/** Withdraws what rests on a consent that ran out. True when something was. */
export function endExpiredConsents(hub: Hub): boolean {
  const consents = consentsOf(hub)
  const today = dateOf(hub.context.clock.now())
  const isOver = (id: string): boolean => {
    const consent = consents.get(id)
    return consent === undefined || ['expired', 'withdrawn'].includes(consentOn(consent, today))
  }
  const due = (one: DisclosureRecord): boolean => (one.privacy?.consents ?? []).some(isOver)
  if (!listDisclosures(hub).some((one) => one.withdrawnAt === null && due(one))) return false
  hub.change(() => {
    endWithout(hub, due)
    return undefined
  })
  return true
}

export function setCountry(hub: Hub, company: CompanyId, country: string): void {
  hub.change(() => {
    hub.context.vault.records.put(DATA_COUNTRY, company, country)
    record(hub.context, {
      kind: 'policy',
      code: 'data-country-set',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: company, name: '' },
      detail: { country },
    })
    return undefined
  })
}

const restsOn = ({ privacy }: DisclosureRecord, consent: string): boolean =>
  privacy?.consents.includes(consent) ?? false

function endWithout(hub: Hub, isOver: (disclosure: DisclosureRecord) => boolean): number {
  const due = listDisclosures(hub).filter((one) => one.withdrawnAt === null && isOver(one))
  for (const { artifact } of due) withdraw(hub, artifact, CAUSE)
  return due.length
}

function note(
  hub: Hub,
  code: string,
  { id, subject }: ConsentRecord,
  detail: Readonly<Record<string, string | number>>,
): void {
  record(hub.context, {
    kind: 'policy',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id, name: subject },
    detail,
  })
}
