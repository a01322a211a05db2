import { target } from '../../shared/seal/target.ts'

export const allowed = target
