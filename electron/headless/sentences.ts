import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The shell's own sentences, in both languages, one line each: whoever is refused has chosen no language yet. */
export function sentences(root: string): (code: string) => string {
  const read = (language: string) =>
    JSON.parse(readFileSync(join(root, 'renderer', 'locales', language, 'refusals.shell.json'), 'utf8')) as Readonly<
      Record<string, string>
    >
  const both = [read('en'), read('ar')]
  return (code) => both.map((language) => language[code] ?? code).join('\n')
}
