import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Takes longer than any other by far: begun last it would run alone at the end. */
const LONGEST = '/test/stories/killed.test.ts'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(LONGEST)
    return (await super.sort(files)).toSorted((one, other) => Number(isLongest(other)) - Number(isLongest(one)))
  }
}

/** Never the browser stories, which have a runner of their own, nor what is wrong on purpose. */
const NEVER = ['node_modules', 'test/e2e/**', 'test/architecture/canary/**']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        // What runs engines, files and processes: a process that no other file has used before.
        extends: true,
        test: {
          name: 'alone',
          include: ['electron/**/*.test.ts', 'test/**/*.test.ts', 'resources/**/*.test.mjs'],
          exclude: NEVER,
        },
      },
      {
        // Functions of their arguments: they spent two thirds of their time on loading the same modules for every file again.
        extends: true,
        test: {
          name: 'together',
          include: ['shared/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
          exclude: NEVER,
          isolate: false,
        },
      },
    ],
  },
})
