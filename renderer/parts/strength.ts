/** Fewer characters than this are refused by the forms: Argon2id slows guessing down, it does not make a short secret long. */
export const SHORTEST = 12

export type Strength = 'short' | 'fair' | 'strong'

/**
 * A plain hint at how long a guesser needs: length and the number of different characters and words. It promises
 * nothing; four words that do not belong together are strong, whatever the alphabet.
 */
export function strengthOf(passphrase: string): { readonly level: Strength; readonly share: number } {
  const length = [...passphrase].length
  if (length < SHORTEST) return { level: 'short', share: Math.min(0.3, length / SHORTEST / 3) }
  const different = new Set(passphrase.toLowerCase()).size
  const words = passphrase.trim().split(/\s+/).length
  const points = length + different + words * 3
  return points >= 38 ? { level: 'strong', share: 1 } : { level: 'fair', share: Math.min(0.9, points / 42) }
}
