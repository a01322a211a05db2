import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ReplacedAgreement } from '#shared/artifacts/replaced-agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { amountOf, authorityRefusal, type Signer } from './authority.ts'
import type { AgreementVersion } from './state.ts'
import { dateText } from './term-text.ts'

/** Why a text may not say that it takes the place of another agreement. */
export type ReplacementRefusal =
  | 'replaces-itself'
  | 'replaces-unknown' // no such text in this workspace
  | 'replaces-unsigned'
  | 'replaces-older' // a later version of it is signed by all
  | 'replaces-other-parties'
  | 'replaces-misnamed' // it is called otherwise, or in force since another day

/** An agreement that took the place of another, or will on its day. */
export interface Replacement {
  readonly artifact: ArtifactId
  readonly hash: string
  readonly title: Words
  /** The day on which it takes effect: the first on which the other is no longer in force. */
  readonly on: IsoDate
}

/** What a text says about the one that it replaces. */
export const replacedBy = (
  { artifact, title, effectiveOn }: Pick<AgreementContent, 'artifact' | 'title' | 'effectiveOn'>,
  hash: string,
): ReplacedAgreement => ({ artifact: artifact as ArtifactId, hash, title, effectiveOn })

/** The same in words, as it stands on paper and in a comparison. */
export function replacedText({ artifact, hash, title, effectiveOn }: ReplacedAgreement): Words {
  const since = dateText(effectiveOn)
  return {
    en: `${title.en}, in force since ${since.en} (id ${artifact}, SHA-256 ${hash})`,
    ar: `${title.ar}، السارية منذ ${since.ar} (المعرّف ${artifact}، ‏SHA-256 ${hash})`,
  }
}

type Replacing = Pick<AgreementContent, 'artifact' | 'replaces'> & {
  readonly parties: readonly { readonly company: string | null }[]
}

/**
 * Whether a text may name what it names. `versions`: those of the named agreement in the same workspace, oldest first; none
 * where the workspace has no such agreement.
 */
export function replacementRefusal(
  { artifact, replaces, parties }: Replacing,
  versions: readonly AgreementVersion<unknown>[],
): ReplacementRefusal | undefined {
  if (!replaces) return undefined
  if (replaces.artifact === artifact) return 'replaces-itself'
  const old = versions.find(({ hash }) => hash === replaces.hash)
  if (!old) return 'replaces-unknown'
  if (old.state !== 'signed') return 'replaces-unsigned'
  if (!sameParties(parties, old.content.parties)) return 'replaces-other-parties'
  const { title, effectiveOn } = old.content
  if (replaces.effectiveOn !== effectiveOn || replaces.title.en !== title.en || replaces.title.ar !== title.ar)
    return 'replaces-misnamed'
  return versions.findLast(({ state }) => state === 'signed') === old ? undefined : 'replaces-older'
}

function sameParties(left: Replacing['parties'], right: Replacing['parties']): boolean {
  const companies = (parties: Replacing['parties']) => new Set(parties.map(({ company }) => company))
  const [one, other] = [companies(left), companies(right)]
  return one.size === other.size && [...one].every((company) => other.has(company))
}

/**
 * What has taken the place of a signed text or will: of all versions of other agreements those that name exactly this text, between
 * the same parties, and were signed by every party with the authority to. The first to take effect ends it, whichever was signed
 * first; of two with the same day the lower hash is named first. Nothing that comes later takes a replacement back.
 */
export function replacementsOf(
  old: AgreementVersion<unknown>,
  others: readonly AgreementVersion<Signer>[],
): readonly Replacement[] {
  const found = others
    .filter(({ content }) => content.replaces && replacementRefusal(content, [old]) === undefined)
    .filter(isSignedForAll)
    .map(({ content, hash }): Replacement => ({
      artifact: content.artifact as ArtifactId,
      hash,
      title: content.title,
      on: content.effectiveOn,
    }))
    .toSorted((left, right) => (left.on === right.on ? (left.hash < right.hash ? -1 : 1) : left.on < right.on ? -1 : 1))
  // An amended replacement is one replacement: it took effect with its first version.
  return found.filter(({ artifact }, at) => found.findIndex((one) => one.artifact === artifact) === at)
}

/** Signed by all, and for every party by somebody who may bind it to this text: a name in a text binds nobody. */
function isSignedForAll({ state, content, signed }: AgreementVersion<Signer>): boolean {
  const kind = agreementKind(content.type)
  if (state !== 'signed' || !kind) return false
  const amount = amountOf(kind, content)
  return content.parties.every(({ company }) =>
    content.signatories.some(({ id, company: of }) => {
      const word = of === company ? signed.get(id) : undefined
      return word !== undefined && authorityRefusal(word.by, content, amount, word.at) === undefined
    }),
  )
}
