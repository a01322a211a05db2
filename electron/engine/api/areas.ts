import { implement, ORPCError } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import { Refused } from '../edge.ts'
import { VaultFault } from '../ports.ts'

/** Turns refusals into the one declared error, and everything unexpected into a logged bug that tells the caller nothing. */
export const api = (log: (problem: unknown) => void) =>
  implement(contract).use(async ({ next }) => {
    try {
      return await next()
    } catch (problem) {
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
