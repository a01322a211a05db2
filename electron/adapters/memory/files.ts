import type { Vault, VaultFiles } from '#engine/ports.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse } from '#shared/kernel/result.ts'
import { memoryAudit } from './audit.ts'
import { memoryDatasets } from './datasets.ts'
import { memoryLog } from './log.ts'
import { memoryRecords } from './records.ts'
import { emptyState, Journal, type MemoryState } from './state.ts'

interface Profile {
  key: SymmetricKey
  readonly state: MemoryState
  open: boolean
}
interface Copy {
  readonly key: SymmetricKey
  readonly state: MemoryState
  readonly head?: Uint8Array
}

/** Vaults that live as long as the returned object: for tests, and for trying out a policy without leaving a trace. */
export function memoryVaultFiles(): VaultFiles {
  const profiles = new Map<string, Profile>()
  const sidecars = new Map<string, Uint8Array>()
  const copies = new Map<string, Copy>()
  const places = new Map<string, string>()

  const packed = (path: string): Required<Copy> | undefined => {
    const copy = copies.get(path)
    return copy?.head && { ...copy, head: copy.head }
  }
  const enter = (directory: string, profile: Profile): Vault => {
    profile.open = true
    places.set(directory, places.get(directory) ?? `memory:${places.size}`)
    return openVault(profile, (path, copy) => copies.set(path, copy))
  }
  const assertNone = (directory: string): void => {
    if (profiles.has(directory)) throw new Error('a vault exists there')
  }
  return {
    exists: (directory) => profiles.has(directory),
    create: (directory, key) => {
      assertNone(directory)
      const profile: Profile = { key: copyOf(key), state: emptyState(), open: false }
      profiles.set(directory, profile)
      return ok(enter(directory, profile))
    },
    open: (directory, key) => {
      const profile = profiles.get(directory)
      if (!profile) return refuse('missing')
      if (profile.open) return refuse('open-elsewhere')
      return equal(profile.key, key) ? ok(enter(directory, profile)) : refuse('wrong-key')
    },
    readSidecar: (directory, name) => sidecars.get(`${directory}/${name}`)?.slice(),
    writeSidecar: (directory, name, bytes) => {
      sidecars.set(`${directory}/${name}`, bytes.slice())
    },
    place: (directory) => {
      const place = places.get(directory) ?? `memory:${places.size}`
      places.set(directory, place)
      return place
    },
    pack: (copy, head, path) => {
      const from = copies.get(copy)
      if (!from) throw new Error('no such copy')
      copies.delete(copy)
      copies.set(path, { ...from, head: head.slice() })
      return ok(head.length + 1)
    },
    packedHead: (path) => {
      const from = packed(path)
      return from ? ok(from.head.slice()) : refuse('missing')
    },
    unpack: (path, directory) => {
      assertNone(directory)
      const from = packed(path)
      if (!from) return refuse('missing')
      profiles.set(directory, { key: copyOf(from.key), state: structuredClone(from.state), open: false })
      return ok(null)
    },
  }
}

function openVault(profile: Profile, keep: (path: string, copy: Copy) => void): Vault {
  const journal = new Journal()
  const datasets = memoryDatasets(profile.state, journal)
  datasets.sweepStaging()
  return {
    records: memoryRecords(profile.state, journal),
    datasets,
    log: memoryLog(profile.state, journal),
    audit: memoryAudit(profile.state, journal),
    transaction: (work) => journal.transaction(work) as ReturnType<typeof work>,
    rekey: (key) => {
      journal.assertOpen()
      profile.key = copyOf(key)
    },
    copyTo: (path) => {
      journal.assertOpen()
      keep(path, { key: copyOf(profile.key), state: structuredClone(profile.state) })
      return Promise.resolve(1)
    },
    close: () => {
      journal.close()
      profile.open = false
    },
  }
}

const copyOf = (key: SymmetricKey): SymmetricKey => key.slice() as SymmetricKey
