import { spawnSync } from 'node:child_process'
import { inRoot } from './tracked.ts'

export interface Finding {
  /** Path from the folder that was linted. */
  readonly file: string
  readonly rule: string
  readonly message: string
}

interface Report {
  readonly diagnostics: readonly { readonly code?: string; readonly message: string; readonly filename: string }[]
  readonly number_of_files: number
}

/** Runs the project's linter on a folder that holds a configuration. @throws when it looked at nothing. */
export function lint(folder: string, ...paths: readonly string[]): readonly Finding[] {
  const run = spawnSync(process.execPath, [inRoot('node_modules', 'oxlint', 'bin', 'oxlint'), '-f', 'json', ...paths], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const start = run.stdout.indexOf('{')
  if (start < 0) throw new Error(`the linter gave no report: ${run.stdout}${run.stderr}`)
  const report = JSON.parse(run.stdout.slice(start)) as Report
  if (report.number_of_files === 0) throw new Error('the linter looked at nothing')
  return report.diagnostics.map(({ code, message, filename }) => ({ file: filename, rule: code ?? '', message }))
}

export const ofRule = (findings: readonly Finding[], rule: string): readonly Finding[] =>
  findings.filter((finding) => finding.rule.includes(rule))
