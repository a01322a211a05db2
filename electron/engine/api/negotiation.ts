import { agreementPlace } from '../agreements/agreement.ts'
import { textVersions, versionText } from '../agreements/texts.ts'
import { exportWord } from '../negotiation/export-word.ts'
import { proposeFromWord, readWord } from '../negotiation/import-word.ts'
import { accept, decline, proposalViews, propose, withdraw } from '../negotiation/proposals.ts'
import { recordTradeOff, tradeOffViews, withdrawTradeOff } from '../negotiation/trade-offs.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function negotiationAreas({ negotiation }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const proposals = (artifact: string) => {
    engine.changes.say('documents', 'audit', 'today')
    return proposalViews(hub(), artifact)
  }
  const tradeOffs = (artifact: string) => {
    engine.changes.say('documents', 'audit')
    return tradeOffViews(hub(), artifact)
  }
  return {
    negotiation: {
      versions: negotiation.versions.handler(({ input }) => textVersions(hub(), input.artifact)),
      text: negotiation.text.handler(({ input }) =>
        versionText(hub(), agreementPlace(hub(), input.artifact), input.key),
      ),
      proposals: negotiation.proposals.handler(({ input }) => proposalViews(hub(), input.artifact)),
      propose: negotiation.propose.handler(({ input: { artifact, ...order } }) => {
        propose(hub(), artifact, [order])
        return proposals(artifact)
      }),
      accept: negotiation.accept.handler(({ input: { artifact, ...order } }) => {
        accept(hub(), artifact, order)
        return proposals(artifact)
      }),
      decline: negotiation.decline.handler(({ input }) => {
        decline(hub(), input.artifact, input.proposal, input.reason)
        return proposals(input.artifact)
      }),
      withdraw: negotiation.withdraw.handler(({ input }) => {
        withdraw(hub(), input.artifact, input.proposal)
        return proposals(input.artifact)
      }),
      exportWord: negotiation.exportWord.handler(async ({ input }) => {
        const { name, bytes } = await exportWord(hub(), input)
        engine.changes.say('documents', 'audit')
        return engine.desk.transfers.offer(name, bytes)
      }),
      readWord: negotiation.readWord.handler(({ input }) =>
        readWord(hub(), input.artifact, engine.desk.transfers.uploaded(input.upload)),
      ),
      proposeFromWord: negotiation.proposeFromWord.handler(async ({ input: { artifact, upload, ...order } }) => {
        const proposed = await proposeFromWord(hub(), artifact, engine.desk.transfers.uploaded(upload), order)
        engine.changes.say('documents', 'audit', 'today')
        return { proposed }
      }),
      tradeOffs: negotiation.tradeOffs.handler(({ input }) => tradeOffViews(hub(), input.artifact)),
      recordTradeOff: negotiation.recordTradeOff.handler(({ input: { artifact, ...order } }) => {
        recordTradeOff(hub(), artifact, order)
        return tradeOffs(artifact)
      }),
      withdrawTradeOff: negotiation.withdrawTradeOff.handler(({ input }) => {
        withdrawTradeOff(hub(), input.artifact, input.tradeOff)
        return tradeOffs(input.artifact)
      }),
    },
  }
}
