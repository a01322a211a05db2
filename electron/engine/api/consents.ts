import type { CompanyId } from '#shared/kernel/ids.ts'
import { addConsent, consentRegister, setCountry, withdrawConsent } from '../disclosures/consents.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function consentAreas({ consents }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = () => {
    engine.changes.say('disclosures', 'artifacts', 'audit', 'today')
    return consentRegister(hub())
  }
  return {
    consents: {
      register: consents.register.handler(() => consentRegister(hub())),
      add: consents.add.handler(({ input }) => {
        addConsent(hub(), input)
        return changed()
      }),
      withdraw: consents.withdraw.handler(({ input }) => {
        withdrawConsent(hub(), input.consent, input.reason)
        return changed()
      }),
      setCountry: consents.setCountry.handler(({ input }) => {
        setCountry(hub(), input.company as CompanyId, input.country)
        return changed()
      }),
    },
  }
}
