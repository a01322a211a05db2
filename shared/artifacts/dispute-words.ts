import type { DisputeLevel } from './dispute-content.ts'
import type { Finding } from './dispute-event.ts'
import { words, type Words } from './words.ts'

export const FINDING_WORDS: Readonly<Record<Finding, Words>> = {
  upheld: words('Upheld: as its opener asks', 'قبول طلب من رفعه'),
  dismissed: words('Dismissed', 'رفض الطلب'),
  varied: words('Varied: as the terms say', 'قبول معدّل بحسب الشروط'),
}

export const LEVEL_WORDS: Readonly<Record<DisputeLevel['kind'], Words>> = {
  mediation: words('Mediation', 'وساطة'),
  arbitration: words('Arbitration', 'تحكيم'),
}

export const UNIT_WORDS: Readonly<Record<DisputeLevel['unit'], Words>> = {
  'working-days': words('working days', 'أيام عمل'),
  days: words('calendar days', 'أيام تقويمية'),
}
