import type { SignedPdfs } from '#engine/agreements/ports.ts'
import { addedSignatures } from './added-signatures.ts'
import { prepare } from './prepare.ts'
import { sign } from './sign.ts'
import { stampOf } from './timestamp.ts'
import { verify } from './verify.ts'

export const signedPdfs: SignedPdfs = { prepare, sign, verify, stamp: stampOf, added: addedSignatures }
