import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleOf } from '../../vite.config.ts'

const root = join(import.meta.dirname, '..', '..')
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const ofLibrary = createRequire(ofBuilder.resolve('app-builder-lib/package.json'))
const { validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration: (config: unknown, logger: { isEnabled: boolean }) => Promise<void>
}
const { load } = ofLibrary('js-yaml') as { load: (text: string) => unknown }

interface Configuration {
  readonly files: readonly string[]
  readonly asar: boolean
  readonly asarUnpack: readonly string[]
  readonly electronFuses: Readonly<Record<string, boolean>>
  readonly protocols: readonly { readonly schemes: readonly string[] }[]
}
const configuration = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Configuration
const validate = (config: unknown) => validateConfiguration(config, { isEnabled: false })

describe("electron-builder's configuration", () => {
  it("fits electron-builder's own schema, which would refuse a wrong one", async () => {
    await expect(validate(configuration)).resolves.toBeUndefined()
    await expect(validate({ ...configuration, electronFuse: {} })).rejects.toThrow(/electronFuse/)
    await expect(validate({ ...configuration, asar: 'perhaps' })).rejects.toThrow(/asar/)
  })
  it('closes the ways to talk a signed app into running foreign code', () => {
    expect(configuration.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(configuration.asar).toBe(true)
  })
  it('packs the folder of every bundle, and the file that starts the app', () => {
    const bundles = ['ui', 'carrier', 'main', 'preload', 'engine', 'files']
    for (const target of bundles) {
      expect(bundleOf(target).build?.outDir?.replaceAll('\\', '/').endsWith(`dist/${target}`)).toBe(true)
      expect(configuration.files).toContain(`dist/${target}/**`)
    }
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
    expect(main).toBe('dist/main/main.js')
    expect(existsSync(join(root, 'electron', 'main', 'main.ts'))).toBe(true)
  })
  it('leaves native modules outside the archive', () => {
    expect(configuration.asarUnpack).toContain('node_modules/better-sqlite3/**')
  })
  it('registers the link of an invitation', () => {
    expect(configuration.protocols.flatMap(({ schemes }) => schemes)).toEqual(['mithaq'])
  })
})
