import type { DisputeClockView } from '#shared/projection/dispute-views.ts'

/** What still runs is warm, what ended by agreement or ruling is green. */
export const STAGE_COLOR: Readonly<Record<DisputeClockView['stage'], string>> = {
  sent: 'gray', mediation: 'sand', arbitration: 'amber', fallback: 'red', referred: 'amber', exhausted: 'red',
  settled: 'leaf', ruled: 'leaf', awarded: 'leaf', withdrawn: 'gray',
} // prettier-ignore
