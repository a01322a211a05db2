import { implement, ORPCError } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import { ApprovalNeeded } from '../approvals/gate.ts'
import { Refused } from '../edge.ts'
import { VaultFault } from '../ports.ts'

/** Keeps what lacks an approval with the way in which it was asked, and answers the token to ask for the approval with. */
export type Hold = (needed: ApprovalNeeded, path: readonly string[], input: unknown) => string

/** Turns refusals into the one declared error, and everything unexpected into a logged bug that tells the caller nothing. */
export const api = (log: (problem: unknown) => void, hold: Hold) =>
  implement(contract).use(async ({ next, path }, input) => {
    try {
      return await next()
    } catch (problem) {
      if (problem instanceof ApprovalNeeded) {
        const { module, code } = problem
        const params = { token: hold(problem, path, input) }
        throw new ORPCError('REFUSED', { message: problem.message, data: { module, code, params } })
      }
      if (problem instanceof VaultFault) {
        throw new ORPCError('REFUSED', {
          message: problem.message,
          data: { module: 'vault', code: `vault-${problem.refusal}` },
        })
      }
      if (problem instanceof Refused) {
        const { module, code, params } = problem
        throw new ORPCError('REFUSED', {
          message: problem.message,
          data: params ? { module, code, params } : { module, code },
        })
      }
      if (!(problem instanceof ORPCError)) log(problem)
      throw problem
    }
  })
export type Api = ReturnType<typeof api>
