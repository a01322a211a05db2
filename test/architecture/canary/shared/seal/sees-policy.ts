import { target } from '../policy/target.ts'

export const forbidden = target
