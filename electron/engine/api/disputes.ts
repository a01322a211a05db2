import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function disputeAreas({ disputes }: Api, _engine: Front) {
  const never = (): never => {
    throw new Error('not written yet')
  }
  return {
    disputes: {
      list: disputes.list.handler(never),
      choices: disputes.choices.handler(never),
      begin: disputes.begin.handler(never),
      draft: disputes.draft.handler(never),
      save: disputes.save.handler(never),
      remove: disputes.remove.handler(never),
      open: disputes.open.handler(never),
      get: disputes.get.handler(never),
      answer: disputes.answer.handler(never),
      propose: disputes.propose.handler(never),
      sign: disputes.sign.handler(never),
      rule: disputes.rule.handler(never),
      recuse: disputes.recuse.handler(never),
      refer: disputes.refer.handler(never),
      award: disputes.award.handler(never),
      withdraw: disputes.withdraw.handler(never),
    },
  }
}
