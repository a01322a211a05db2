import type { Role } from '#shared/kernel/ids.ts'
import type { SliceContent } from './slice.ts'

/** A slice as one partner role sees it: the whole content, because roles gate a slice as a whole, or not at all. */
export type RoleView = { readonly opens: true; readonly content: SliceContent } | { readonly opens: false }

/** What a partner in that role would see of a slice: the owner's "see as". */
export const sliceFor = (role: Role, content: SliceContent): RoleView =>
  content.roles.includes(role) ? { opens: true, content } : { opens: false }

/**
 * The roles that a revision's key is for, when `stated` are the roles of every statement of that revision. Any device of the owner may
 * state one, so a role counts only where all of them name it: whoever adds a statement can leave roles out, and bring none in.
 */
export const rolesStated = (stated: readonly (readonly Role[])[]): readonly Role[] => {
  const [first = [], ...others] = stated
  return first.filter((role) => others.every((roles) => roles.includes(role)))
}
