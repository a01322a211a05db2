import { useEffect } from 'react'
import type { EngineClient } from './connection.ts'

const EVERY_MS = 20_000

/** Tells the engine, at most every 20 seconds, that somebody is using the app: this pushes the automatic lock away. */
export function useTouch(client: EngineClient): void {
  useEffect(() => {
    let last = 0
    const touch = (): void => {
      const now = Date.now()
      if (now - last < EVERY_MS) return
      last = now
      client.app.touch({}).catch(() => {
        // A lost connection or a lock that was quicker is shown by the gate.
      })
    }
    const events = ['pointerdown', 'keydown', 'wheel'] as const
    for (const event of events) window.addEventListener(event, touch, { passive: true })
    return () => {
      for (const event of events) window.removeEventListener(event, touch)
    }
  }, [client])
}
