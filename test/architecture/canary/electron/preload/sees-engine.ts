import { target } from '../engine/target.ts'

export const forbidden = target
