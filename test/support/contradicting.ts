import type { Company } from './company.ts'

/** What a company sees contradict itself: rule, both values as they read in English, and further places; the gravest first. */
export async function contradicted({ client }: Pick<Company, 'client'>, rule?: string): Promise<readonly unknown[]> {
  const { findings } = await client.contradictions.list()
  return findings
    .filter((one) => rule === undefined || one.rule === rule)
    .map(({ rule: of, places, more }) => [of, ...places.map(({ text }) => text.en), ...(more > 0 ? [more] : [])])
}
