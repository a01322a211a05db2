import { target } from '../activity/target.ts'

export const forbidden = target
