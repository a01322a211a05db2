import type { TextEntry } from '#shared/agreement/agreement-text.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { TextVersionView } from '#shared/projection/negotiation-views.ts'

/*
 * Words inside a Word file, in both languages at once: the file is not a screen, and the other side may read either.
 */

const LABELS: Readonly<Record<Exclude<TextEntry['kind'], 'term' | 'row'>, Words>> = {
  title: { en: 'Title', ar: 'العنوان' },
  replaces: { en: 'Replaces', ar: 'تحل محل' },
  prevailing: { en: 'Prevailing language', ar: 'اللغة المعتمدة عند الاختلاف' },
  law: { en: 'Governing law', ar: 'النظام الواجب التطبيق' },
  effectiveOn: { en: 'Effective from', ar: 'تاريخ السريان' },
  party: { en: 'Party', ar: 'طرف' },
  signatory: { en: 'Signatory', ar: 'موقّع' },
}

/** What stands in front of something that is no clause. */
export function entryLabel(kind: AgreementKind, of: TextEntry['kind'], id: string): Words {
  if (of === 'term') return kind.terms[id]?.label ?? { en: id, ar: id }
  if (of === 'row') return kind.tables[id.split('/')[0] ?? '']?.label ?? { en: id, ar: id }
  return LABELS[of]
}

/** What a version is called inside the file. */
export function versionLabel(versions: readonly TextVersionView[], key: string): Words {
  const found = versions.find((version) => version.key === key)
  if (found?.kind === 'closed') return { en: `Version ${String(found.number)}`, ar: `النسخة ${String(found.number)}` }
  if (found?.kind === 'named') return { en: `“${found.name ?? ''}”`, ar: `«${found.name ?? ''}»` }
  return { en: 'Draft', ar: 'المسودة' }
}
