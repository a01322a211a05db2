/**
 * Who imports whom. Default: forbidden. One table for the linter, for the canary that proves that the linter sees, and
 * for whoever wants to know. `layers` are other layers; `packages` are names of packages; `node` allows Node's own modules.
 */
export interface Wall {
  /** Folder from the repository's root; `*` stands for one folder, and two such folders never see each other. */
  readonly folder: string
  readonly layers: readonly string[]
  readonly packages?: readonly string[]
  readonly node?: boolean
}

const PURE = ['kernel', 'artifacts', 'living', 'membership', 'decisions', 'scoring', 'partnership', 'approvals', 'disputes', 'commerce', 'policy', 'disclosure', 'seal',
  'sync', 'mailbox', 'agreement', 'evidence', 'audit', 'intake', 'initiatives', 'standards', 'contradictions', 'projection'] as const // prettier-ignore

export const WALLS: Readonly<Record<string, Wall>> = {
  kernel: { folder: 'shared/kernel', layers: [], packages: ['@ipld/dag-cbor'] },
  artifacts: { folder: 'shared/artifacts', layers: ['kernel'], packages: ['zod'] },
  living: { folder: 'shared/living', layers: ['kernel', 'artifacts'], packages: ['fractional-indexing'] },
  membership: { folder: 'shared/membership', layers: ['kernel', 'artifacts'] },
  decisions: { folder: 'shared/decisions', layers: ['kernel', 'artifacts', 'living'] },
  // What a model answers is read by a schema.
  scoring: { folder: 'shared/scoring', layers: ['kernel', 'artifacts'], packages: ['zod'] },
  partnership: { folder: 'shared/partnership', layers: ['kernel', 'artifacts'] },
  // What binds a company is a fact, a section or a control; the list knows the kinds of all three.
  approvals: { folder: 'shared/approvals', layers: ['kernel', 'artifacts', 'membership'], packages: ['zod'] },
  // Windows are counted in working time as those of approvals are, and facts are read as those of decisions are.
  // A path that was agreed is read out of a signed text with its terms filled in.
  disputes: { folder: 'shared/disputes', layers: ['kernel', 'artifacts', 'decisions', 'approvals', 'agreement'] },
  commerce: { folder: 'shared/commerce', layers: ['kernel', 'artifacts'] },
  // Versions are compared by semver.org's own rules and texts by a known algorithm, both pure.
  standards: { folder: 'shared/standards', layers: ['kernel', 'artifacts', 'living'], packages: ['zod', 'semver', 'diff'] },
  intake: { folder: 'shared/intake', layers: ['kernel', 'artifacts'] },
  // A paste is read with the same readers as an import.
  initiatives: { folder: 'shared/initiatives', layers: ['kernel', 'artifacts', 'living', 'intake'] },
  policy: { folder: 'shared/policy', layers: ['kernel', 'artifacts', 'membership'], packages: ['zod'] },
  disclosure: { folder: 'shared/disclosure', layers: ['kernel', 'artifacts', 'policy'], packages: ['zod'] },
  seal: { folder: 'shared/seal', layers: ['kernel'] },
  sync: { folder: 'shared/sync', layers: ['kernel', 'seal', 'membership'] },
  mailbox: { folder: 'shared/mailbox', layers: ['kernel', 'membership', 'seal', 'sync'] },
  // A claim is what a formula of commerce makes of a signed text.
  agreement: { folder: 'shared/agreement', layers: ['kernel', 'artifacts', 'decisions', 'living', 'commerce'], packages: ['n2words', 'n2words/*', 'diff'] },
  // Proof for third parties is about an agreement, and made of entries and certificates.
  evidence: { folder: 'shared/evidence', layers: ['kernel', 'artifacts', 'seal', 'membership', 'agreement', 'approvals', 'decisions'], packages: ['zod'] },
  // What documents of every kind say is read with the readers of each kind, and written with none.
  contradictions: {
    folder: 'shared/contradictions',
    layers: ['kernel', 'artifacts', 'agreement', 'commerce', 'initiatives', 'standards'],
  },
  audit: { folder: 'shared/audit', layers: ['kernel'] },
  projection: { folder: 'shared/projection', layers: PURE.filter((name) => name !== 'projection') },
  // Policy and audit lend the contract their closed lists of values, and nothing that decides.
  contract: {
    folder: 'shared/contract',
    layers: ['kernel', 'artifacts', 'projection', 'policy', 'audit', 'standards', 'approvals', 'scoring'],
    packages: ['zod', '@orpc/contract'],
  },
  demo: { folder: 'resources/demo', layers: ['kernel', 'intake'] },
  engine: { folder: 'electron/engine', layers: [...PURE, 'contract', 'demo'], packages: ['@orpc/server', 'zod', '@scure/bip39'] },
  adapter: { folder: 'electron/adapters/*', layers: [...PURE, 'engine'], packages: ['**'], node: true },
  main: { folder: 'electron/main', layers: ['kernel', 'contract', 'engine', 'start'], packages: ['electron', '@orpc/server', 'zod'], node: true },
  preload: { folder: 'electron/preload', layers: ['contract'], packages: ['electron'] },
  headless: {
    folder: 'electron/headless',
    layers: ['kernel', 'projection', 'contract', 'evidence', 'engine', 'start', 'demo'],
    packages: ['@orpc/server', '@orpc/client', '@orpc/contract', 'ws', 'playwright'],
    node: true,
  },
  // The relay's own composition root is a start, too; where its data lies by default it asks where profiles lie.
  relay: { folder: 'electron/relay', layers: ['kernel', 'contract', 'mailbox', 'sync', 'engine', 'start'], packages: ['ws'], node: true },
  // Screens list what may be chosen, so policy and audit lend them the same closed lists as the contract.
  parts: { folder: 'renderer/parts', layers: ['kernel', 'artifacts', 'living', 'projection'], packages: VIEW() },
  locales: { folder: 'renderer/locales', layers: [] },
  // The sheet of scores, with rubric and proposal beside it, is one for decisions and changes, so it is no feature's.
  app: {
    folder: 'renderer/app',
    layers: ['kernel', 'artifacts', 'living', 'projection', 'contract', 'policy', 'audit', 'approvals', 'scoring', 'parts', 'locales', 'feature'],
    packages: [...VIEW(), '@orpc/client', '@orpc/contract', '@orpc/tanstack-query', '@fontsource/*', 'yjs', 'y-protocols', 'lib0'],
  },
  // A co-edited plan changes under the person's hands, so its screens calculate and read what is typed themselves.
  feature: {
    folder: 'renderer/features/*',
    // The same holds for a standard: numbers of clauses, comparisons, rates.
    layers: ['kernel', 'artifacts', 'living', 'agreement', 'approvals', 'decisions', 'evidence', 'intake', 'initiatives', 'standards', 'scoring', 'projection', 'contract', 'policy', 'audit', 'parts', 'app'],
    packages: [...VIEW(), 'yjs', 'y-protocols', '@tiptap/**', 'fractional-indexing'],
  },
  carrier: { folder: 'renderer/carrier', layers: ['kernel', 'contract'], packages: ['y-webrtc', 'yjs', 'lib0', 'y-protocols', 'simple-peer', 'simple-peer-unframed'] },
} // prettier-ignore

/** What draws: no package in here may reach the network or a key. */
function VIEW() {
  return ['react', 'react/*', 'react-dom', 'react-dom/*', 'react-i18next', 'i18next', '@mantine/**', '@tabler/**', 'recharts', 'dayjs', 'dayjs/**',
    '@tanstack/*'] // prettier-ignore
}
