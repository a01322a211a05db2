import type { AgreementKind, OfferedIn } from './agreement.ts'
import { ChangeRequest } from './change-request.v1.ts'
import { CONTRACT_TERMS, ContractTerms } from './contract-terms.v1.ts'
import { CoordinationTopic } from './coordination-topic.v1.ts'
import type { Artifact } from './define.ts'
import { PARTNER_TERM_SHEET, PartnerTermSheet } from './partner-term-sheet.v1.ts'
import { PARTNERSHIP_AGREEMENT, PartnershipAgreement } from './partnership-agreement.v1.ts'
import { PEER_AGREEMENT, PeerAgreement } from './peer-agreement.v1.ts'
import { SERVICE_SCOPE, ServiceScope } from './scope-of-services.v1.ts'

/** The artifact of every kind of agreement. */
export const AGREEMENTS: readonly Artifact[] = [PeerAgreement, ContractTerms, PartnershipAgreement, ServiceScope, PartnerTermSheet] // prettier-ignore

const KINDS: ReadonlyMap<string, AgreementKind> = new Map(
  [PEER_AGREEMENT, CONTRACT_TERMS, PARTNERSHIP_AGREEMENT, SERVICE_SCOPE, PARTNER_TERM_SHEET].map((kind) => [
    kind.type,
    kind,
  ]),
)

/** The kind of agreement that a type of artifact is; undefined for every other type. */
export const agreementKind = (type: string): AgreementKind | undefined => KINDS.get(type)

/** Types that are offered in one kind of workspace alone. */
const OFFERED: Readonly<Record<string, OfferedIn>> = {
  [CoordinationTopic.type]: 'customer-seller',
  [ChangeRequest.type]: 'client-provider',
}

/** Whether a type is offered in a workspace of a kind: what is no agreement and bound to no kind is offered everywhere. */
export const isOffered = (type: string, workspace: OfferedIn | 'internal'): boolean =>
  OFFERED[type] === undefined
    ? (agreementKind(type)?.offeredIn.some((one) => one === workspace) ?? true)
    : OFFERED[type] === workspace
