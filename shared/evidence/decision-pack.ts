import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DecisionClaim } from './decision-index.ts'
import type { PackProofs } from './pack-content.ts'
import type { PackFile } from './pack-file.ts'
import { proofFiles } from './proof-files.ts'

export const DECISION_TEXT = 'decision/text.json'
export const DECISION_RESULT = 'decision/result.json'

/** All that a pack proves a decision with. */
export interface DecisionPack extends PackProofs {
  readonly claim: DecisionClaim
  /** What was decided on, and what was signed: canonical JSON, as in the entries that state them. */
  readonly text: Uint8Array
  readonly result: Uint8Array
}

export const decisionFiles = (crypto: Crypto, pack: DecisionPack): readonly PackFile[] => [
  { name: DECISION_TEXT, bytes: pack.text },
  { name: DECISION_RESULT, bytes: pack.result },
  ...proofFiles(crypto, pack),
]
