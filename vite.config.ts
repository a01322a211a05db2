import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Plugin } from 'vite'

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Every file is a request, and the first screen waits for each of them: what the app starts with is one file, and so is
 * what screens have in common, but for charts and what few screens need.
 */
const SHARED_FILES = [
  { name: 'start', tags: ['$initial' as const], priority: 3 },
  { name: 'charts', test: /node_modules[\\/](recharts|@mantine[\\/]charts)[\\/]/, priority: 2 },
  // Schemas of documents take long to make, and what the app opens with reads none.
  {
    name: 'documents',
    test: /node_modules[\\/]zod[\\/]|[\\/]shared[\\/]artifacts[\\/]/,
    minShareCount: 2,
    priority: 2,
  },
  { name: 'icons', test: /node_modules[\\/]@tabler[\\/]/, priority: 2 },
  { name: 'common', test: /node_modules|[\\/]renderer[\\/]parts[\\/]/, minShareCount: 5, priority: 1 },
]

/** Names what nearly every screen needs in the page itself, so that it is fetched beside the start and not after it. */
const ahead = (): Plugin => ({
  name: 'ahead',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /^assets\/(common|icons)-.*\.(js|css)$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: file.endsWith('.js') ? 'modulepreload' : 'stylesheet', crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        })),
  },
})

/** A page of the renderer: its own root, so that `index.html` lands at the top of its folder in `dist/`. */
const page = (folder: string, target: string): InlineConfig => ({
  root: inRoot(`renderer/${folder}`),
  base: './',
  publicDir: false,
  plugins: [react(), ahead()],
  css: { postcss: inRoot('.') },
  build: {
    outDir: inRoot(`dist/${target}`),
    emptyOutDir: true,
    target: 'chrome140',
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: { output: { codeSplitting: { groups: [...SHARED_FILES] } } },
  },
})

/** A program for Node or Electron: packages stay outside the bundle, because some of them are native. */
const program = (entry: string, target: string, format: 'es' | 'cjs'): InlineConfig => ({
  root: inRoot('.'),
  publicDir: false,
  build: {
    ssr: inRoot(entry),
    outDir: inRoot(`dist/${target}`),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js', codeSplitting: false },
    },
  },
})

const BUNDLES: Readonly<Record<string, () => InlineConfig>> = {
  ui: () => page('app', 'ui'),
  carrier: () => ({ ...page('carrier', 'carrier'), resolve: { alias: carrierAliases() } }),
  main: () => program('electron/main/main.ts', 'main', 'es'),
  preload: () => program('electron/preload/preload.ts', 'preload', 'cjs'),
  engine: () => program('electron/main/engine-process.ts', 'engine', 'es'),
  // The engine starts this file in a thread of its own, so no bundler can follow it from there.
  files: () => program('electron/adapters/files/worker.ts', 'files', 'es'),
}

/** y-webrtc asks for these by name; ours frame, bound and authenticate what it sends, and switch BroadcastChannel off. */
function carrierAliases() {
  return [
    { find: 'simple-peer/simplepeer.min.js', replacement: inRoot('renderer/carrier/framed-peer.ts') },
    { find: 'simple-peer-unframed', replacement: inRoot('node_modules/simple-peer/simplepeer.min.js') },
    { find: 'lib0/broadcastchannel', replacement: inRoot('renderer/carrier/no-broadcast.ts') },
  ]
}

/** The build of one target of `resources/setup/build.mjs`. @throws when there is no such target. */
export function bundleOf(target: string): InlineConfig {
  const bundle = BUNDLES[target]
  if (!bundle) throw new Error(`no bundle is called ${target}`)
  return bundle()
}

export default bundleOf('ui')
