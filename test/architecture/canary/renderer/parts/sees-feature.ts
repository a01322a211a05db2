import { target } from '../features/today/target.ts'

export const forbidden = target
