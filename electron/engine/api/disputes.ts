import { beginDispute, channelIn, draftView, removeDispute, saveDispute } from '../disputes/draft.ts'
import { listDisputes } from '../disputes/list.ts'
import { openDispute } from '../disputes/open.ts'
import { disputeView } from '../disputes/screen.ts'
import {
  answerDispute, proposeSettlement, recordAward, recuse, referDispute, rule, signSettlement, withdrawDispute, type About,
} from '../disputes/speak.ts' // prettier-ignore
import { choicesIn } from '../disputes/subjects.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function disputeAreas({ disputes }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const told = () => engine.changes.say('documents', 'audit', 'today')
  /** Does it and shows what came of it. */
  const after = (about: About, act: (hub: Hub) => void) => {
    act(hub())
    told()
    return disputeView(hub(), about.artifact, about.dispute)
  }
  const drafted = (draft: string) => {
    engine.changes.say('documents', 'audit')
    return draftView(hub(), draft)
  }
  return {
    disputes: {
      list: disputes.list.handler(({ input }) => listDisputes(hub(), input)),
      choices: disputes.choices.handler(({ input }) => choicesIn(hub(), channelIn(hub(), input.channel))),
      begin: disputes.begin.handler(({ input }) => drafted(beginDispute(hub(), input))),
      draft: disputes.draft.handler(({ input }) => draftView(hub(), input.draft)),
      save: disputes.save.handler(({ input: { draft, values } }) => {
        saveDispute(hub(), draft, values)
        return drafted(draft)
      }),
      remove: disputes.remove.handler(({ input }) => {
        removeDispute(hub(), input.draft)
        engine.changes.say('documents', 'audit')
      }),
      open: disputes.open.handler(({ input: { draft, hash } }) => {
        const artifact = openDispute(hub(), draft, hash)
        told()
        return disputeView(hub(), artifact, hash)
      }),
      get: disputes.get.handler(({ input }) => disputeView(hub(), input.artifact, input.dispute)),
      answer: disputes.answer.handler(({ input: { position, path, ...about } }) =>
        after(about, (desk) => answerDispute(desk, about, position, path)),
      ),
      propose: disputes.propose.handler(({ input: { finding, terms, ...about } }) =>
        after(about, (desk) => proposeSettlement(desk, about, { finding, terms })),
      ),
      sign: disputes.sign.handler(({ input: { hash, ...about } }) =>
        after(about, (desk) => signSettlement(desk, about, hash)),
      ),
      rule: disputes.rule.handler(({ input: { artifact, dispute, ...order } }) =>
        after({ artifact, dispute }, (desk) => rule(desk, { artifact, dispute }, order)),
      ),
      recuse: disputes.recuse.handler(({ input: { reason, ...about } }) =>
        after(about, (desk) => recuse(desk, about, reason)),
      ),
      refer: disputes.refer.handler(({ input: { reference, reason, ...about } }) =>
        after(about, (desk) => referDispute(desk, about, reference, reason)),
      ),
      award: disputes.award.handler(({ input: { artifact, dispute, ...order } }) =>
        after({ artifact, dispute }, (desk) => recordAward(desk, { artifact, dispute }, order)),
      ),
      withdraw: disputes.withdraw.handler(({ input: { reason, ...about } }) =>
        after(about, (desk) => withdrawDispute(desk, about, reason)),
      ),
    },
  }
}
