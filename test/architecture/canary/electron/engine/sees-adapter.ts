import { target } from '../adapters/sqlite/target.ts'

export const forbidden = target
