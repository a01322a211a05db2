import type { DisputeView } from '#shared/projection/dispute-views.ts'

/** Whether a path that is only proposed waits for our company's consent, and not for that of another. */
export const awaitsUs = ({ positions }: DisputeView): boolean =>
  positions.some(({ own, opener, path }) => own && !opener && path !== 'accepted')
