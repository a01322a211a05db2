import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where a company's vault and settings live: `MITHAQ_HOME`, else the place that the operating system has for it.
 * `environment` and `platform` are handed in so that every answer can be tested on one machine.
 */
export function profileDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = homedir(),
): string {
  const named = environment['MITHAQ_HOME']
  if (named) return named
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Mithaq')
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Mithaq')
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'mithaq')
}
