import { target } from '../artifacts/target.ts'

export const forbidden = target
