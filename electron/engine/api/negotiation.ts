import { agreementPlace } from '../agreements/agreement.ts'
import { textVersions, versionText } from '../agreements/texts.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function negotiationAreas({ negotiation }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  return {
    negotiation: {
      versions: negotiation.versions.handler(({ input }) => textVersions(hub(), input.artifact)),
      text: negotiation.text.handler(({ input }) =>
        versionText(hub(), agreementPlace(hub(), input.artifact), input.key),
      ),
    },
  }
}
