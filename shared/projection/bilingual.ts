/** What the screens show. Plain values only: they travel as JSON and are never written back. */
export interface Bilingual {
  readonly en: string
  readonly ar: string
}
