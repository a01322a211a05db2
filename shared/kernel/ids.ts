import type { Brand } from './brand.ts'

/** All ids of sealed things are 32-byte BLAKE2b hashes or Ed25519 public keys in lower-case hex, unless said otherwise. */
export type CompanyId = Brand<string, 'CompanyId'> // hash of the first root public key: survives root rotation
export type PersonId = Brand<string, 'PersonId'> // 16 random bytes, hex
export type DeviceId = Brand<string, 'DeviceId'> // Ed25519 public key of the device, hex
export type WorkspaceId = Brand<string, 'WorkspaceId'> // hash of the founding statement
export type ChannelId = Brand<string, 'ChannelId'> // hash of the channel's creation entry
export type FeedId = Brand<string, 'FeedId'> // device key + 16-byte incarnation, hex: 96 digits
export type EntryHash = Brand<string, 'EntryHash'>
export type EpochId = Brand<string, 'EpochId'> // hash of the control entry that opens the epoch
export type ArtifactId = Brand<string, 'ArtifactId'> // 16 random bytes, hex
export type DatasetId = Brand<string, 'DatasetId'> // 16 random bytes, hex
export type PolicyId = Brand<string, 'PolicyId'> // 16 random bytes, hex
export type SliceId = Brand<string, 'SliceId'> // hash of the slice's canonical content

/** Section of an artifact: `own`, `partner`, `joint`, or `slice:<revision>`. */
export type SectionName = Brand<string, 'SectionName'>

export const ROLES = [
  'founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'chro', 'investor', 'legal',
  'account-lead', 'delivery-lead', 'sponsor', 'admin',
] as const // prettier-ignore
export type Role = (typeof ROLES)[number]
