import { target } from '../../../electron/adapters/sqlite/target.ts'

export const forbidden = target
