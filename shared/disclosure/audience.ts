import type { Role } from '#shared/kernel/ids.ts'
import type { SliceContent } from './slice.ts'

/** A slice as one partner role sees it: the whole content, because roles gate a slice as a whole, or not at all. */
export type RoleView = { readonly opens: true; readonly content: SliceContent } | { readonly opens: false }

/** What a partner in that role would see of a slice: the owner's "see as". */
export const sliceFor = (role: Role, content: SliceContent): RoleView =>
  content.roles.includes(role) ? { opens: true, content } : { opens: false }
