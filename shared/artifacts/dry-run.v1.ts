import { defineArtifact } from './define.ts'
import { words } from './words.ts'

/** EX-1: the checklist of a workspace on synthetic data. It has no section: its state is what its facts say. */
export const DryRun = defineArtifact({
  type: 'DryRun.v1',
  minor: 0,
  label: words('Dry run', 'تشغيل تجريبي'),
  about: words(
    'What both companies try out on synthetic data before they work with real ones.',
    'ما تجرّبه الشركتان على بيانات مصطنعة قبل العمل ببيانات حقيقية.',
  ),
  sections: {},
})

/** Seen in the channel's own facts: nobody ticks them. */
export const PROVEN_ITEMS = ['keys-compared', 'slice-opened', 'commitment-given', 'withdrawal-rehearsed'] as const
/** Ticked by an engine when it happens on its machine: no other engine could see it. */
export const WITNESSED_ITEMS = ['sealed-file-read'] as const
/** Ticked by a person of each company, with evidence. */
export const STATED_ITEMS = ['roles-checked', 'backup-restored', 'partner-reached', 'terms-read'] as const

export type DryRunItem =
  (typeof PROVEN_ITEMS)[number] | (typeof WITNESSED_ITEMS)[number] | (typeof STATED_ITEMS)[number]
