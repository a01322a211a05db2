import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import type { LinkState } from '#shared/projection/workspace-views.ts'
import type { Company, Relay, World } from './world.ts'

/** Long enough for a loaded machine; what is waited for usually takes a second. */
export const PATIENCE = { timeout: 60_000, interval: 100 } as const

/** A workspace of `owner` that asks for a meeting at `signalling`. Resolves with its id and the invitation's link. */
export async function makeWorkspace(
  owner: Company,
  signalling: readonly string[],
): Promise<{ readonly workspace: string; readonly invitation: string }> {
  const { id } = await owner.client.workspaces.create({
    kind: 'customer-seller',
    name: { en: 'Supply 2027', ar: 'إمداد ٢٠٢٧' },
    outcome: { en: 'No lost sale', ar: 'لا بيع يضيع' },
    charter: { addCompany: 'every-member', roles: ['coo'] },
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: ['coo'] },
  })
  await owner.client.workspaces.setConnection({
    workspace: id,
    enabled: true,
    signalling: [...signalling],
    iceServers: [],
  })
  await owner.client.workspaces.invite({ workspace: id, days: 7 })
  const { invitation } = await owner.client.workspaces.get({ workspace: id })
  if (!invitation) throw new Error('no invitation in the view')
  return { workspace: id, invitation: invitation.link }
}

/** Opens the invitation and opts in. The answer travels over the direct link, in no file. */
export async function accept(guest: Company, invitation: string): Promise<void> {
  const seen = await guest.client.workspaces.openLink({ link: invitation })
  if (seen.kind !== 'invitation') throw new Error(`an invitation was opened as ${seen.kind}`)
  await guest.client.workspaces.accept({ token: seen.token })
}

/** Asks again until the answer is the wanted one. @throws with the last answer when patience ends. */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  timeout: number = PATIENCE.timeout,
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(answer)?.slice(0, 2_000)} after ${timeout} ms`)
    await pause(PATIENCE.interval)
  }
}

/** Two companies of `world` with a workspace, linked directly through `relay` and level. */
export async function linkedPair(
  world: World,
  relay: Relay,
): Promise<{ readonly owner: Company; readonly guest: Company; readonly workspace: string }> {
  const [owner, guest] = await Promise.all([world.company('owner'), world.company('guest')])
  const { workspace, invitation } = await makeWorkspace(owner, [relay.address])
  await Promise.all([owner.openCarrier(), guest.openCarrier()])
  await accept(guest, invitation)
  await confirm(owner, guest, workspace)
  await Promise.all([reaches(owner, workspace, 'direct'), reaches(guest, workspace, 'direct')])
  await level(owner, guest, workspace)
  return { owner, guest, workspace }
}

/** Both people compare the safety code and say that it matched. */
export async function confirm(owner: Company, guest: Company, workspace: string): Promise<void> {
  const code = async ({ client }: Company) => (await client.workspaces.get({ workspace })).safetyCode
  const left = await until(
    () => code(owner),
    (groups) => groups !== undefined,
  )
  if (!isDeepStrictEqual(left, await code(guest))) throw new Error('the safety codes differ')
  const said = { workspace, code: left?.join(' ') ?? '', matches: true }
  await owner.client.workspaces.confirmSafety(said)
  await guest.client.workspaces.confirmSafety(said)
}

export async function reaches(company: Company, workspace: string, state: LinkState['state']): Promise<void> {
  await until(
    () => company.link(workspace),
    (link) => link.state === state,
  )
}

/** Both hold the same entries to the last one. */
export async function level(left: Company, right: Company, workspace: string, timeout?: number): Promise<void> {
  const tips = async () => [await left.tips(workspace), await right.tips(workspace)]
  await until(tips, ([one, other]) => isDeepStrictEqual(one, other), timeout)
}
