import { words } from '#shared/artifacts/words.ts'
import type { AgreementSource } from './agreement-source.ts'
import { finding, type Finding } from './finding.ts'
import { folded, written } from './same.ts'
import type { StandardSource } from './standard-source.ts'

/** CON-9 and CON-20: an agreement against itself. */
export const agreementItself = ({ until, duties, levels, credits }: AgreementSource): readonly Finding[] => [
  ...duties.flatMap((duty) =>
    until && written(duty.value) > written(until.value) ? [finding('CON-9', until, duty, duty.label)] : [],
  ),
  ...credits.flatMap(({ metric, below }) =>
    levels.flatMap(({ metric: name, target }) =>
      target && folded(name) === folded(metric) && Number(below.value) > Number(target.value)
        ? [finding('CON-20', target, below, words(name, name))]
        : [],
    ),
  ),
]

/** CON-18: an agreement that names a version of another one, and another version is in force. */
export const versionsNamed = (agreements: readonly AgreementSource[]): readonly Finding[] =>
  agreements.flatMap(({ terms }) => {
    const [reference, version] = [terms.get('contractReference'), terms.get('contractVersion')]
    if (!reference || !version) return []
    return agreements.flatMap((named) => {
      const { standing, version: inForce, from } = named
      if (standing !== 'signed' || !inForce || !from || folded(written(reference.value)) !== folded(named.reference)) return [] // prettier-ignore
      const number = words(String(inForce.number), String(inForce.number))
      const place = { ...from, anchor: 'version', label: words('Version in force', 'الإصدار الساري'), value: inForce.number, text: number } // prettier-ignore
      return version.value === inForce.number ? [] : [finding('CON-18', version, place, words(named.reference, named.reference))] // prettier-ignore
    })
  })

/** Shortest title of a standard that is looked for in a text: a shorter one would be found in other words. */
const LEAST_TITLE = 4

/**
 * CON-19: a clause that names a standard with a version, and that version may be used no longer than a day before the agreement's
 * last one. Named is what stands there as title and number, with at most a few words between them.
 */
export const standardsNamed = (standards: readonly StandardSource[], agreements: readonly AgreementSource[]): readonly Finding[] =>
  standards.flatMap(({ doc, ending }) =>
    ending.flatMap(({ version, last, day }) =>
      agreements
        .filter(({ until }) => until === null || written(until.value) > day)
        .flatMap(({ clauses }) => clauses.filter(({ text }) => names(text.en, doc.title.en, version) || names(text.ar, doc.title.ar, version)))
        .map((clause) => finding('CON-19', clause, last, words(`${doc.title.en} ${version}`, `${doc.title.ar} ${version}`))),
    ),
  ) // prettier-ignore

function names(text: string, title: string, version: string): boolean {
  const [said, name] = [folded(text), folded(title)]
  if (name.length < LEAST_TITLE) return false
  const number = version.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const pattern = new RegExp(String.raw`^[^\d.;]{0,24}?v?${number}(?!\.?\d)`)
  for (let at = said.indexOf(name); at >= 0; at = said.indexOf(name, at + 1))
    if (pattern.test(said.slice(at + name.length))) return true
  return false
}
