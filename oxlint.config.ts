import { defineConfig } from 'oxlint'
import { WALLS } from './test/architecture/walls.ts'

type Policy = Readonly<Record<string, unknown>>

/** A composition root is the one file of the engine, or of the relay, that builds adapters. */
const START = 'electron/{engine,relay}/start.ts'

const policies: readonly Policy[] = [
  ...Object.entries(WALLS).flatMap(([type, wall]): Policy[] => [
    ...(wall.layers.length > 0
      ? [
          {
            from: { element: { type } },
            allow: { to: { element: { types: { anyOf: wall.layers.filter((layer) => layer !== 'start') } } } },
          },
        ]
      : []),
    ...(wall.packages
      ? [{ from: { element: { type } }, allow: { to: { module: { origin: 'external', source: wall.packages } } } }]
      : []),
    ...(wall.node ? [{ from: { element: { type } }, allow: { to: { module: { origin: 'core' } } } }] : []),
  ]),
  { from: { file: { categories: 'start' } }, allow: { to: { element: { type: 'adapter' } } } },
  { from: { file: { categories: 'start' } }, allow: { to: { module: { origin: 'core' } } } },
  {
    from: {
      element: { types: { anyOf: Object.keys(WALLS).filter((type) => !WALLS[type]?.layers.includes('start')) } },
    },
    disallow: { to: { file: { categories: 'start' } } },
  },
]

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'react'],
  jsPlugins: ['eslint-plugin-boundaries'],
  categories: { correctness: 'error' },
  ignorePatterns: ['dist', '.cache', 'test/architecture/canary', 'first-look', 'test-results'],
  settings: {
    'import/resolver': { typescript: { project: 'tsconfig.base.json' } },
    'boundaries/include': ['shared/**', 'electron/**', 'renderer/**', 'resources/demo/**'],
    'boundaries/elements': Object.entries(WALLS).map(([type, wall]) => ({
      type,
      pattern: wall.folder,
      partialMatch: false,
      ...(wall.folder.endsWith('*') ? { capture: ['name'] } : {}),
    })),
    'boundaries/files': [{ category: 'start', pattern: START }],
  },
  rules: {
    'import/no-cycle': 'error',
    // The compiler knows which modules have a default export; this rule cannot read those that say `export =`.
    'import/default': 'off',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'no-console': ['error', { allow: ['error'] }],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    // A typed array's length is no accident, a copy taken before its source changes is no waste, and `then` is a word.
    'unicorn/no-new-array': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/no-thenable': 'off',
    // Code points are what is meant where a string is spread.
    'typescript/no-misused-spread': 'off',
    // Our objects are plain records of functions, without `this`; literal unions are kept beside `string` for the reader.
    'typescript/unbound-method': 'off',
    'typescript/no-redundant-type-constituents': 'off',
    // For the React compiler, which is not used here.
    'react/purity': 'off',
    'react/refs': 'off',
    'react/incompatible-library': 'off',
    'react/static-components': 'off',
    // An error boundary resets itself when its place changes; there is no other way in a class.
    'react/no-did-update-set-state': 'off',
  },
  overrides: [
    // A command speaks to its terminal.
    {
      files: ['electron/relay/main.ts', 'test/bench/**', 'test/fuzz/main.ts', 'test/properties/search.ts'],
      rules: { 'no-console': 'off' },
    },
    {
      files: ['shared/**', 'electron/**', 'renderer/**', 'resources/demo/**'],
      rules: {
        'boundaries/dependencies': [
          'error',
          { default: 'disallow', checkAllOrigins: true, checkUnknownLocals: true, policies },
        ],
        'boundaries/no-unknown-files': 'error',
      },
    },
    {
      // A test may look anywhere.
      files: ['**/*.test.ts', '**/*.test.tsx', '**/*.test-d.ts'],
      rules: { 'boundaries/dependencies': 'off' },
    },
    {
      // Hostile input is made of what the types forbid, and a failing comparison may print anything.
      files: ['**/*.test.ts', '**/*.test.tsx', 'test/**'],
      rules: {
        'typescript/no-explicit-any': 'off',
        'typescript/no-base-to-string': 'off',
        'typescript/restrict-template-expressions': 'off',
        'typescript/require-array-sort-compare': 'off',
        'typescript/consistent-type-imports': 'off',
      },
    },
  ],
})
