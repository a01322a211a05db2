import type { DefectCode } from '#shared/intake/defect.ts'

export type Locale = 'en' | 'ar'

/** What stands in exported workbooks, which no screen translates afterwards. */
export const WORDS = {
  en: {
    provenance: 'Provenance', field: 'Field', value: 'Value', dataset: 'Dataset', version: 'Version', rows: 'Rows', file: 'Source file',
    sha256: 'SHA-256 of the source file', system: 'Source system', imported: 'Imported at (UTC)', exported: 'Exported at (UTC)',
    excluded: 'Cancelled rows left out', defective: 'Defective rows left out', class: 'Data class', defects: 'Defects', line: 'Line', column: 'Column',
    problem: 'Problem', found: 'Found',
  },
  ar: {
    provenance: 'المصدر', field: 'البند', value: 'القيمة', dataset: 'مجموعة البيانات', version: 'الإصدار', rows: 'الصفوف', file: 'ملف المصدر',
    sha256: 'بصمة SHA-256 لملف المصدر', system: 'نظام المصدر', imported: 'وقت الاستيراد (UTC)', exported: 'وقت التصدير (UTC)',
    excluded: 'صفوف ملغاة مستبعدة', defective: 'صفوف معيبة مستبعدة', class: 'تصنيف البيانات', defects: 'العيوب', line: 'السطر', column: 'العمود',
    problem: 'العيب', found: 'القيمة الموجودة',
  },
} as const // prettier-ignore

export const DEFECT_WORDS: Readonly<Record<DefectCode, Readonly<Record<Locale, string>>>> = {
  'column-count': { en: 'more or fewer cells than the header', ar: 'خلايا أكثر من صف العناوين أو أقل' },
  'unclosed-quote': { en: 'quotation mark never closed', ar: 'علامة اقتباس لم تُغلق' },
  'bad-encoding': { en: 'bytes that the encoding does not know', ar: 'بايتات لا يعرفها الترميز' },
  'not-a-number': { en: 'not a number', ar: 'ليست عددًا' },
  'not-an-integer': { en: 'not a whole number', ar: 'ليس عددًا صحيحًا' },
  'number-too-large': { en: 'number too large to be kept exactly', ar: 'عدد أكبر من أن يُحفظ بدقة' },
  'money-too-fine': { en: 'finer than the smallest unit of the currency', ar: 'أدق من أصغر وحدة في العملة' },
  'not-a-date': { en: 'not a date', ar: 'ليست تاريخًا' },
  'hijri-out-of-range': { en: 'Hijri year outside 1318–1500', ar: 'سنة هجرية خارج المدى 1318–1500' },
  'not-a-boolean': { en: 'neither yes nor no', ar: 'ليست نعم ولا لا' },
  'spreadsheet-error': { en: 'failed formula', ar: 'صيغة فاشلة' },
}
