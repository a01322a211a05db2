import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DisputeDraft, DisputeDraftView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'

/** How long after the last change a draft is kept. */
const KEEP_MS = 600

/**
 * The draft as it stands on the screen, kept in the vault shortly after every change and when the screen is left. `whole` keeps it at
 * once and resolves with what the engine says about it; undefined: it could not be kept, and the person was told.
 */
export function useDraft(stored: DisputeDraftView) {
  const notify = useNotify()
  const [values, setValues] = useState(stored.values)
  const [kept, setKept] = useState(stored)
  const newest = useRef(stored.values)
  const saving = useMutation({ ...useOrpc().disputes.save.mutationOptions(), onError: notify.refused })
  const keep = async (): Promise<DisputeDraftView | undefined> => {
    const sent = newest.current
    try {
      const view = await saving.mutateAsync({ draft: stored.id, values: inputOf(sent) })
      // What was typed meanwhile is kept by a later call.
      if (newest.current === sent) setKept(view)
      return view
    } catch {
      return undefined
    }
  }
  const later = useDebouncedCallback(() => void keep(), { delay: KEEP_MS, flushOnUnmount: true })
  return {
    values,
    kept,
    set: (part: Partial<DisputeDraft>): void => {
      newest.current = { ...newest.current, ...part }
      setValues(newest.current)
      later()
    },
    whole: (): Promise<DisputeDraftView | undefined> => {
      later.cancel()
      return keep()
    },
    busy: saving.isPending,
  }
}

/** A draft as the contract takes it. */
const inputOf = ({ subject, issue, position, parties, path }: DisputeDraft) => ({
  subject: subject && { ...subject },
  issue,
  position,
  parties: [...parties],
  path: { ...path, levels: [...path.levels] },
})
