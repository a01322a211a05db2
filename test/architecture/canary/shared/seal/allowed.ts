import { target } from '../kernel/target.ts'

export const allowed = target
