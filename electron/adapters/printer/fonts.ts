import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Every style sheet names the faces of one weight, a file for each range of characters. */
const SHEETS = [
  ...[400, 500, 600].map((weight) => `@fontsource/ibm-plex-sans/${weight}.css`),
  ...[400, 500, 600].map((weight) => `@fontsource/scheherazade-new/${weight}.css`),
  '@fontsource/noto-sans-math/400.css',
]
/** Arrows, comparisons and other signs that the two families lack; its own sheet speaks of letters alone. */
const SIGNS = 'U+2190-23FF,U+25A0-25FF,U+27C0-27FF,U+2900-2BFF'
/** What no agreement in English and Arabic is written in. */
const UNUSED = /cyrillic|greek|vietnamese/

let embedded: Promise<string> | undefined

/** The bundled fonts as style rules that carry their bytes, so that nothing is fetched and no system font is asked for. */
export const bundledFonts = (): Promise<string> =>
  (embedded ??= Promise.all(SHEETS.map(embed)).then((sheets) => sheets.join('\n')))

async function embed(sheet: string): Promise<string> {
  const path = fileURLToPath(import.meta.resolve(sheet))
  const faces = (await readFile(path, 'utf8')).match(/@font-face \{[^}]*\}/g) ?? []
  const kept = await Promise.all(
    faces.map(async (face) => {
      const file = /url\(\.\/(files\/[\w-]+\.woff2)\)/.exec(face)?.[1]
      if (file === undefined || UNUSED.test(file)) return ''
      const bytes = await readFile(join(dirname(path), file))
      return face
        .replace(/src:[^;]*;/, `src: url(data:font/woff2;base64,${bytes.toString('base64')}) format('woff2');`)
        .replace('font-display: swap', 'font-display: block')
        .replace(/unicode-range:[^;]*/, (range) => (sheet.includes('math') ? `unicode-range: ${SIGNS}` : range))
    }),
  )
  return kept.filter((face) => face !== '').join('\n')
}

/** The document with the fonts in its head. */
export async function withFonts(html: string): Promise<string> {
  const fonts = await bundledFonts()
  // As a function: a replacement text would give `$` a meaning.
  return html.replace('<style>', () => `<style>${fonts}\n`)
}
