import { words } from './words.ts'

export const CHANGE_SIDE_WORDS = {
  client: words('Client', 'العميل'),
  provider: words('Provider', 'مقدّم الخدمة'),
} as const
/** Who decides a matter that is not split by itself; `nobody`: it is not decided apart. */
export const DECIDER_WORDS = { ...CHANGE_SIDE_WORDS, nobody: words('Not decided apart', 'لا يُقرَّر على حدة') } as const
export const MARKER_WORDS = { ...CHANGE_SIDE_WORDS, either: words('Either', 'أيّ منهما') } as const
export const ARBITER_WORDS = {
  ceo: words('Chief executives', 'الرئيسان التنفيذيان'),
  coo: words('Chief operating officers', 'رئيسا العمليات'),
} as const
export const MATTER_WORDS = {
  scope: words('Scope', 'النطاق'),
  feasibility: words('Feasibility', 'إمكانية التنفيذ'),
  price: words('Price', 'السعر'),
  timeline: words('Timeline', 'الجدول الزمني'),
  acceptance: words('Acceptance', 'القبول'),
} as const
/** What a verdict says, whatever it is about. */
export const VERDICT_WORDS = {
  yes: words('Yes', 'نعم'),
  conditional: words('Yes, under conditions', 'نعم بشروط'),
  no: words('No', 'لا'),
} as const
/** Why a provider calls a change infeasible. */
export const CATEGORY_WORDS = {
  capacity: words('not enough capacity', 'الطاقة لا تكفي'),
  skills: words('skills are missing', 'مهارات ناقصة'),
  technology: words('technology does not allow it', 'لا تسمح به التقنية'),
  dependency: words('depends on others', 'يتوقف على غيرنا'),
  law: words('law or regulation', 'نظام أو لائحة'),
  safety: words('safety', 'السلامة'),
  time: words('not enough time', 'الوقت لا يكفي'),
  cost: words('costs too much to do', 'كلفة تنفيذه عالية'),
} as const
