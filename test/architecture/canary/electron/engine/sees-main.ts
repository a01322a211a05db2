import { target } from '../main/target.ts'

export const forbidden = target
