import { normal } from './keys.ts'

/** A passphrase stands alone against whoever took the laptop: short ones are refused, long ones need no digits or signs. */
export const LEAST_LETTERS = 12

export const isLongEnough = (passphrase: string): boolean => [...normal(passphrase).trim()].length >= LEAST_LETTERS
