import type { ArtifactId, CompanyId, PersonId, Role, WorkspaceId } from '../kernel/ids.ts'
import { ROLES } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'
import {
  bilingual,
  choice,
  count,
  date,
  derived,
  group,
  instant,
  line,
  list,
  note,
  optional,
  reference,
} from './field.ts'
import { words, type Words } from './words.ts'

const ROLE_WORDS: Readonly<Record<Role, Words>> = {
  founder: words('Founder', 'مؤسس'),
  ceo: words('CEO', 'الرئيس التنفيذي'),
  coo: words('COO', 'رئيس العمليات'),
  cto: words('CTO', 'رئيس التقنية'),
  cmo: words('CMO', 'رئيس التسويق'),
  cfo: words('CFO', 'الرئيس المالي'),
  chro: words('CHRO', 'رئيس الموارد البشرية'),
  investor: words('Investor', 'مستثمر'),
  legal: words('Legal', 'الشؤون القانونية'),
  'account-lead': words('Account lead', 'مسؤول الحساب'),
  'delivery-lead': words('Delivery lead', 'مسؤول التسليم'),
  sponsor: words('Sponsor', 'راعٍ'),
  admin: words('Administrator', 'مدير النظام'),
}
export const roleWords = (role: Role): Words => ROLE_WORDS[role]

export const STATUS_WORDS = {
  draft: words('Draft', 'مسودة'),
  proposed: words('Proposed', 'مقترح'),
  'under-decision': words('Under decision', 'قيد القرار'),
  agreed: words('Agreed', 'متفق عليه'),
  active: words('Active', 'ساري'),
  superseded: words('Superseded', 'حلّ محله إصدار أحدث'),
  invalidated: words('Invalidated', 'أُبطل'),
  withdrawn: words('Withdrawn', 'مسحوب'),
  expired: words('Expired', 'منتهٍ'),
} as const

/** The common envelope (capabilities §1.0): the part that the artifacts finished so far use. Fields are only ever added. */
export const envelope = group(words('About this document', 'عن هذا المستند'), {
  id: derived(reference<ArtifactId>(words('Document number', 'رقم المستند'), 16)),
  type: derived(line(words('Type', 'النوع'))),
  schemaVersion: derived(line(words('Format version', 'إصدار الصيغة'))),
  workspace: derived(reference<WorkspaceId>(words('Workspace', 'مساحة العمل'), 32)),
  revision: derived(count(words('Revision', 'المراجعة'), 1, 1e9)),
  status: choice(words('Status', 'الحالة'), STATUS_WORDS),
  title: bilingual(words('Title', 'العنوان')),
  owner: derived(
    group(words('Owner', 'المالك'), {
      company: reference<CompanyId>(words('Company', 'الشركة'), 32),
      role: choice(words('Role', 'الدور'), ROLE_WORDS),
      person: optional(reference<PersonId>(words('Person', 'الشخص'), 16)),
    }),
  ),
  purpose: note(words('Purpose', 'الغرض'), {
    help: words('What the other company may use it for.', 'ما يجوز للشركة الأخرى استخدامه من أجله.'),
  }),
  validFrom: date<IsoDate>(words('Valid from', 'ساري من')),
  validTo: optional(date<IsoDate>(words('Valid until', 'ساري حتى'))),
  asOf: date<IsoDate>(words('Data as of', 'البيانات حتى تاريخ')),
  currencyDays: count(words('Counts as current for', 'يُعد حديثًا لمدة'), 1, 3660, {
    unit: words('days', 'يومًا'),
    help: words(
      'After that it is stale: metrics and commitments leave it out.',
      'بعدها يصبح قديمًا: لا تدخله المقاييس ولا الالتزامات.',
    ),
  }),
  provenance: derived(
    group(words('Where it comes from', 'مصدره'), {
      sourceSystem: line(words('Source system', 'النظام المصدر')),
      sourceTimestamp: instant<Instant>(words('Taken at', 'أُخذ في')),
      sourceVersion: line(words('Source version', 'إصدار المصدر')),
      transformation: note(words('What was done to it', 'ما أُجري عليه')),
    }),
  ),
  links: list(
    words('Linked documents', 'مستندات مرتبطة'),
    {
      relation: choice(words('Relation', 'العلاقة'), {
        answers: words('Answers', 'يجيب على'),
        supersedes: words('Supersedes', 'يحل محل'),
        'lag-snapshot': words('Earlier snapshot', 'نسخة مجمدة سابقة'),
      }),
      id: reference<ArtifactId>(words('Document', 'المستند'), 16),
      revision: optional(count(words('Revision', 'المراجعة'), 1, 1e9)),
    },
    50,
  ),
})

if (ROLES.some((role) => !Object.hasOwn(ROLE_WORDS, role))) throw new Error('a role has no label')
