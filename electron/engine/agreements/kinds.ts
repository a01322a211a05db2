import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import { PEER_AGREEMENT } from '#shared/artifacts/peer-agreement.v1.ts'

/** Every kind of agreement, by the type of its artifact. */
const KINDS: ReadonlyMap<string, AgreementKind> = new Map([PEER_AGREEMENT].map((kind) => [kind.type, kind]))

export const agreementKind = (type: string): AgreementKind | undefined => KINDS.get(type)
