import { startEngine } from '../../engine/start.ts'

export const forbidden = startEngine
