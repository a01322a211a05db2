import { approvalPolicySchema, type ApprovalPolicy } from '#shared/approvals/policy.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { Refused } from '../edge.ts'
import { standing } from '../identity/devices.ts'
import { certificateIn } from '../identity/identity.ts'
import { record } from '../context.ts'
import type { Hub } from '../workspaces/hub.ts'
import { ownColleague } from './gate.ts'
import { currentPolicy, noteSaidHere, policyVersions, savePolicyVersion } from './records.ts'

/** Whose word changes how the company approves: who heads it. */
const SETTERS: readonly Role[] = ['founder', 'ceo', 'coo']
export const maySetPolicy = (roles: readonly Role[]): boolean => roles.some((role) => SETTERS.includes(role))

/** Keeps a changed policy as the next version; colleagues' devices are told. `based` is the version that the person changed. @throws Refused */
export function savePolicy(hub: Hub, given: ApprovalPolicy, based: number): void {
  const by = ownColleague(hub)
  if (!maySetPolicy(by.roles)) throw new Refused('approvals', 'not-yours-to-set')
  const before = currentPolicy(hub.context)
  if (before.version !== based) throw new Refused('approvals', 'policy-changed')
  const policy = approvalPolicySchema.parse({ ...given, version: before.version + 1 })
  if (JSON.stringify({ ...policy, version: 0 }) === JSON.stringify({ ...before, version: 0 })) return
  hub.change(() => {
    noteSaidHere(hub.context, `policy/${String(policy.version)}`)
    savePolicyVersion(hub.context, { policy, by, at: hub.context.clock.now() })
    record(hub.context, {
      kind: 'approval',
      code: 'approval-policy-set',
      actor: by.name.en,
      subject: { id: '', name: hub.identity.card.name.en },
      detail: { version: policy.version },
    })
    return undefined
  })
}

/** The roles of each person of the company who holds a certificate now. */
export function rolesOfPeople(hub: Hub): readonly (readonly Role[])[] {
  const people = new Map<string, Set<Role>>()
  const own = certificateIn(hub.identity.certified)
  for (const { person, roles } of [own, ...standing(hub)]) {
    const known = people.get(person) ?? new Set<Role>()
    for (const role of roles) known.add(role)
    people.set(person, known)
  }
  return [...people.values()].map((roles) => [...roles])
}

export const policyHistory = (hub: Hub) =>
  policyVersions(hub.context).map(({ policy, by, at }) => ({ version: policy.version, by: by.name, at }))
