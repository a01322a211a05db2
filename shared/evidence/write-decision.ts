import { utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { checkLog } from './check-log.ts'
import { V3, type DecisionIndex } from './decision-index.ts'
import { decisionFiles, type DecisionPack } from './decision-pack.ts'
import { decisionReadme } from './decision-readme.ts'
import { claimOf, inPackOrder, judgeDecision } from './judge-decision.ts'
import type { PackProofs } from './pack-content.ts'
import { INDEX, README, type PackFile } from './pack-file.ts'
import { writeIndex } from './pack-index.ts'
import { signedFiles, type PackMaker } from './pack-maker.ts'
import { proofsIndex } from './write-pack.ts'

/** The pack of a decision from its proofs, with what they come to; undefined when that is no decision that all have signed. */
export function decisionPackOf(
  crypto: Crypto,
  proofs: PackProofs,
  sha256: (bytes: Uint8Array) => string,
): DecisionPack | undefined {
  const folders = new Map(checkLog(crypto, proofs).entries.map((entry) => [entry.folder, entry]))
  const ordered = inPackOrder([...folders.values()])
  const at = (folder: string): number => Number(folder.split('/')[1]) - 1
  const log = ordered.flatMap(({ folder }) => proofs.log[at(folder)] ?? [])
  const judged = judgeDecision(crypto, proofs, checkLog(crypto, { ...proofs, log }).entries, sha256)
  const claim = claimOf(judged)
  const { decided } = judged
  return decided && claim
    ? { ...proofs, log, title: decided.title, claim, text: utf8(decided.text), result: utf8(decided.result) }
    : undefined
}

/** All files of a pack of a decision, signed by the device that makes it. */
export const writeDecisionPack = (crypto: Crypto, pack: DecisionPack, maker: PackMaker): readonly PackFile[] =>
  signedFiles(
    crypto,
    [
      { name: README, bytes: utf8(decisionReadme(crypto, pack)) },
      {
        name: INDEX,
        bytes: writeIndex({ format: V3, ...proofsIndex(pack), claim: pack.claim } satisfies DecisionIndex),
      },
      ...decisionFiles(crypto, pack),
    ],
    maker,
  )
