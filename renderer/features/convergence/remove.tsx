import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useDesk } from './desk.tsx'

/** Takes a record out of the draft. */
export function Remove({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  const { live } = useDesk()
  if (!live.mayWrite) return null
  return (
    <ActionIcon variant="subtle" color="red" aria-label={name} onClick={onClick}>
      <IconTrash size={16} aria-hidden="true" />
    </ActionIcon>
  )
}
