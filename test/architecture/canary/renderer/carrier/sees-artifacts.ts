import { target } from '../../shared/artifacts/target.ts'

export const forbidden = target
