/**
 * Where a company's vault and settings live: `MITHAQ_HOME`, else the place that the operating system has for it. One answer
 * for both shells: whoever starts in a browser today and in a window tomorrow finds the same company.
 * `environment`, `platform` and `home` (the person's own folder) are handed in so that every answer can be tested on one machine.
 */
export function profileDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const named = environment['MITHAQ_HOME']
  if (named) return named
  if (platform === 'darwin') return `${home}/Library/Application Support/Mithaq`
  if (platform === 'win32') return `${environment['APPDATA'] ?? `${home}\\AppData\\Roaming`}\\Mithaq`
  return `${environment['XDG_DATA_HOME'] || `${home}/.local/share`}/mithaq`
}
