import type { target } from '../policy/target.ts'

export type Forbidden = typeof target
