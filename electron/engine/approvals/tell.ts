import { boundHash } from '#shared/approvals/bound-hash.ts'
import { rolesFor, ruleFor } from '#shared/approvals/policy.ts'
import { approvingLevels } from '#shared/approvals/request.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { Hub } from '../workspaces/hub.ts'
import { ownColleague } from './gate.ts'
import { answerOn, answerPage, policyPage, readApprovalPage, requestOn, requestPage } from './pages.ts'
import { maySetPolicy } from './policy.ts'
import {
  currentPolicy, intentOf, listAnswers, listRequests, policyVersions, requestOf, saidHere, saveAnswer, savePolicyVersion, saveRequest,
} from './records.ts' // prettier-ignore
import type { Colleague } from '#shared/approvals/request.ts'

/** What this device tells colleagues about approvals, and for whom. `version` counts up when it changes. */
export interface Told {
  readonly subject: string
  readonly version: number
  readonly roles: readonly Role[]
  bytes(): Uint8Array
}

/** Everything that this person said on this device and colleagues have to know: the policy, requests, answers. */
export function toldByThisDevice(hub: Hub): readonly Told[] {
  const { context } = hub
  const { person } = ownColleague(hub)
  const [newest] = policyVersions(context)
  const policy = currentPolicy(context)
  const told: Told[] = []
  if (newest?.by.person === person && saidHere(context, `policy/${String(newest.policy.version)}`))
    told.push({ subject: 'approval/policy', version: newest.policy.version, roles: [...ROLES], bytes: () => policyPage(newest.policy, newest.at) }) // prettier-ignore
  const requests = listRequests(context)
  const readers = (request: (typeof requests)[number]): readonly Role[] => {
    const asked = approvingLevels(ruleFor(policy, request.scope, request.commitment, request.amount))
    return [...new Set([...asked, policy.escalateTo].flatMap((level) => rolesFor(policy, level)))].toSorted()
  }
  for (const request of requests) {
    if (request.maker.person !== person || !intentOf(context, request.id)) continue
    const { id, version } = request
    told.push({
      subject: `approval/request/${id}`,
      version,
      roles: readers(request),
      bytes: () => requestPage(request),
    })
  }
  for (const answer of listAnswers(context)) {
    const request = requests.find(({ id }) => id === answer.request)
    if (answer.by.person !== person || !request || !saidHere(context, `answer/${answer.request}`)) continue
    const roles = [...new Set([...readers(request), ...request.maker.roles])].toSorted()
    told.push({ subject: `approval/answer/${answer.request}`, version: 1, roles, bytes: () => answerPage(answer) })
  }
  return told.filter(({ roles }) => roles.length > 0)
}

/**
 * Takes what a colleague told. Who they are comes from their certificate alone, and nothing of somebody else's is written over.
 * Undefined: it does not read, or is not theirs to say. Otherwise its name and the way to keep it.
 */
export function takeTold(
  hub: Hub,
  value: Canonical,
  by: Colleague,
): { readonly name: string; keep(): void } | undefined {
  const { context } = hub
  const said = readApprovalPage(value)
  switch (said?.kind) {
    case undefined:
      return undefined
    case 'policy':
      if (!maySetPolicy(by.roles)) return undefined
      return { name: '', keep: () => savePolicyVersion(context, { policy: said.policy, by, at: said.at }) }
    case 'request': {
      const { channel, title } = said
      const hash = boundHash(context.crypto, channel, said)
      const known = requestOf(context, said.id)
      if (hash !== said.hash || (known && (known.maker.person !== by.person || known.hash !== hash))) return undefined
      const newer = !known || (!intentOf(context, said.id) && known.version < said.version)
      return { name: title.en || title.ar, keep: () => (newer ? saveRequest(context, requestOn(said, by)) : undefined) }
    }
    case 'answer': {
      const request = requestOf(context, said.request)
      const name = request ? request.title.en || request.title.ar : ''
      return { name, keep: () => saveAnswer(context, answerOn(said, by)) }
    }
  }
}
