import { createContext, useContext, type Context } from 'react'

/** A document's desk, what all screens of it work with, and the way to it; without a provider above it is a bug. */
export function deskContext<Desk>(): readonly [provider: Context<Desk | null>, useDesk: () => Desk] {
  const DeskContext = createContext<Desk | null>(null)
  const useDesk = (): Desk => {
    const desk = useContext(DeskContext)
    if (!desk) throw new Error('useDesk outside of a desk')
    return desk
  }
  return [DeskContext, useDesk]
}
