import { target } from '../../electron/engine/target.ts'

export const forbidden = target
