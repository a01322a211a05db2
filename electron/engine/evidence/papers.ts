import type { PackCompany, PackProofs, PackRole } from '#shared/evidence/pack-content.ts'
import type { CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import { readStatement } from '#shared/membership/statement.ts'
import type { CertifiedDevice, CompanyCard, Control } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'

/** Who some devices are, up to their companies' roots, and every revocation that the channel carries. */
export function papersOf(
  runtime: ChannelRuntime,
  controls: readonly Control[],
  devices: readonly DeviceId[],
): Pick<PackProofs, 'companies' | 'roles' | 'revocations'> {
  const needed = new Set(devices)
  const roles = certifiedIn(controls, runtime).filter(({ device }) => needed.has(device))
  const companies = [...runtime.members.companies.values()].filter(({ card }) => roles.some(({ company }) => company === card.company)) // prettier-ignore
  return {
    companies: companies.map(({ card }) => companyOfCard(card)),
    roles,
    revocations: controls.flatMap((one) =>
      one.kind === 'revocation' ? [{ revocation: one.revocation, issuer: one.issuer }] : [],
    ),
  }
}

/** Every certificate that the channel carries, with the founder's. */
export function certifiedIn(controls: readonly Control[], { members }: ChannelRuntime): readonly PackRole[] {
  const certified = [members.genesis.founding.device, ...controls.flatMap((one) => devicesIn(one))]
  const roles = certified.flatMap((one): PackRole[] => {
    const read = readStatement('certificate', one.certificate)
    return read.ok ? [{ device: read.value.device, company: read.value.company, certified: one }] : []
  })
  const key = ({ certified: { certificate } }: PackRole) => String(certificate.signature)
  return [...new Map(roles.map((role) => [key(role), role])).values()]
}

function devicesIn(control: Control): readonly CertifiedDevice[] {
  if (control.kind === 'certificate' || control.kind === 'roles-narrowed') return [control.device]
  if (control.kind !== 'company-added') return []
  const joining = readStatement('joining', control.joining)
  return joining.ok ? [joining.value.device] : []
}

function companyOfCard({ company, root, rotations }: CompanyCard): PackCompany {
  const earlier = rotations.flatMap((rotation) => {
    const read = readStatement('root-rotation', rotation)
    return read.ok ? [read.value.from] : []
  })
  return { company: company satisfies CompanyId, roots: [...earlier, root], rotations }
}
