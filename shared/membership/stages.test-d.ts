import type { Crypto } from '#shared/kernel/crypto.ts'
import { startMembership } from './fold.ts'
import { createInvitation } from './invitation.ts'
import { verifyStatement } from './statement.ts'
import type { Founding, Genesis, RoleCertificate, Signed } from './types.ts'
import { verifyFounding } from './workspace.ts'

/** Compiled, never run: each line marked as an error is a check skipped, and the compiler must say so. */
declare function it(title: string, check: () => void): void
declare const crypto: Crypto
declare const genesis: Genesis
declare const founding: Founding
declare const signed: Signed<Founding>
declare const certificate: RoleCertificate
declare const rest: Parameters<typeof createInvitation> extends [Crypto, Genesis, ...infer R] ? R : never

it('[MEM-4] nothing starts from a founding that was not verified', () => {
  // @ts-expect-error a founding is only a claim
  startMembership(founding)
  // @ts-expect-error signed, but not verified
  startMembership(signed)
  // @ts-expect-error verifying may be refused
  startMembership(verifyFounding(crypto, signed))
  // @ts-expect-error only verifyFounding and foundWorkspace make a Genesis
  const forged: Genesis = { workspace: genesis.workspace, founding, signed, certificate, issuer: '' }
  // @ts-expect-error nobody invites to what was not founded
  createInvitation(crypto, founding, ...rest)
  startMembership(genesis)
  return forged
})

it('[MEM-1] a statement of one kind is not checked as another', () => {
  // @ts-expect-error a founding is no certificate
  verifyStatement(crypto, 'certificate', genesis.founding.founder.root, signed)
  verifyStatement(crypto, 'founding', genesis.founding.founder.root, signed)
})
