import { target } from '../sqlite/target.ts'

export const forbidden = target
