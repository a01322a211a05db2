import { target } from '../../shared/seal/target.ts'

export const forbidden = target
