import { readFileSync } from 'node:fs'

export const forbidden = readFileSync
