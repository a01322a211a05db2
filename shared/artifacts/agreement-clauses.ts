import type { ClauseTemplate } from './agreement.ts'
import type { Terms } from './agreement-terms.ts'
import { words } from './words.ts'

/** Clauses of ours that several kinds of agreement begin with, and the terms that they name. */

export const LAW_AND_LANGUAGE: ClauseTemplate = {
  heading: words('Law and language', 'النظام واللغة'),
  text: words(
    'This agreement is governed by the {law}. It is made in Arabic and English; where the two differ, the {prevailing} text prevails.',
    'تخضع هذه الاتفاقية لـ{law}. وقد حُررت باللغتين العربية والإنجليزية، وعند الاختلاف بينهما يُعتمد النص باللغة {prevailing}.',
  ),
}

export const CONFIDENTIALITY_TERMS = {
  confidentialityYears: { label: words('Confidentiality after the end', 'السرية بعد الانتهاء'), unit: 'years', usual: 3 },
} as const satisfies Terms // prettier-ignore

export const CONFIDENTIALITY: ClauseTemplate = {
  heading: words('Confidentiality', 'السرية'),
  text: words(
    'Each party keeps what it receives from the other confidential, uses it for the purposes of this agreement alone, and discloses it only to people who need it and are bound in the same way. This duty lasts for the term and for {confidentialityYears} after its end. It does not cover what was public, already known, independently developed, or has to be disclosed by law.',
    'يحافظ كل طرف على سرية ما يتلقاه من الآخر، ولا يستعمله إلا لأغراض هذه الاتفاقية، ولا يفصح عنه إلا لمن يحتاج إليه ويلتزم بالالتزام نفسه. ويسري هذا الالتزام طوال المدة ولمدة {confidentialityYears} بعد انتهائها. ولا يشمل ما كان معلنًا، أو معلومًا من قبل، أو مطوّرًا باستقلال، أو ما يوجب النظام الإفصاح عنه.',
  ),
}

export const DISPUTE_TERMS = {
  mediationDays: { label: words('Time for each level of mediation', 'مهلة كل درجة من درجات الوساطة'), unit: 'days', usual: 15 },
  seat: { label: words('Seat of arbitration', 'مقر التحكيم'), unit: 'words', usual: words('Riyadh', 'الرياض') },
} as const satisfies Terms // prettier-ignore

/** GV-6: operations first, then the heads of the companies, each for a time, then arbitration. */
export const DISPUTES: ClauseTemplate = {
  heading: words('Disputes', 'تسوية الخلافات'),
  text: words(
    'A dispute is first put to the chief operating officers of the parties, who try to settle it within {mediationDays} of a written notice, and then to their chief executives, who have the same time. What they do not settle is finally decided by arbitration under the rules of the Saudi Center for Commercial Arbitration. The seat is {seat} and the language is {prevailing}. Performance goes on meanwhile.',
    'يُعرض الخلاف أولًا على رئيسي العمليات لدى الطرفين، ويسعيان إلى تسويته خلال {mediationDays} من إشعار مكتوب، ثم على الرئيسين التنفيذيين ولهما المدة نفسها. وما لم يُسوَّ منه يُفصل فيه نهائيًا بالتحكيم وفق قواعد المركز السعودي للتحكيم التجاري. ويكون مقر التحكيم {seat} ولغته {prevailing}. ويستمر التنفيذ في الأثناء.',
  ),
}

/** Where the parties agreed on no arbitration: the heads of the companies, then the courts. */
export const COURT_DISPUTES: ClauseTemplate = {
  heading: words('Disputes', 'تسوية الخلافات'),
  text: words(
    'A dispute is first put to the chief executives of the parties, who try to settle it within {mediationDays} of a written notice. What is not settled goes to the competent courts.',
    'يُعرض الخلاف أولًا على الرئيسين التنفيذيين للطرفين، ويسعيان إلى تسويته خلال {mediationDays} من إشعار مكتوب. وما لم يُسوَّ منه يُحال إلى المحاكم المختصة.',
  ),
}

export const ENDING_TERMS = {
  termMonths: { label: words('Term', 'المدة'), unit: 'months', usual: 24 },
  renewalMonths: { label: words('Renewed each time for', 'تُجدَّد كل مرة لمدة'), unit: 'months', usual: 12 },
  noticeDays: { label: words('Notice of termination', 'مهلة الإشعار بالإنهاء'), unit: 'days', usual: 90 },
  cureDays: { label: words('Time to cure a breach', 'مهلة معالجة الإخلال'), unit: 'days', usual: 30 },
} as const satisfies Terms

export const ENDING: ClauseTemplate = {
  heading: words('Term, renewal and termination', 'المدة والتجديد والإنهاء'),
  text: words(
    'This agreement is in force for {termMonths} from {effectiveOn}. The parties may renew it in writing, each time for {renewalMonths}. Either party may terminate it by written notice of {noticeDays}, and without that notice where the other commits a material breach and does not cure it within {cureDays} of a written request. Duties that by their nature outlast the agreement remain.',
    'تسري هذه الاتفاقية لمدة {termMonths} ابتداءً من {effectiveOn}. وللطرفين تجديدها كتابةً، كل مرة لمدة {renewalMonths}. ولأي طرف إنهاؤها بإشعار مكتوب مدته {noticeDays}، وله إنهاؤها دون هذه المهلة إذا أخل الآخر إخلالًا جوهريًا ولم يعالجه خلال {cureDays} من مطالبته كتابةً. وتبقى الالتزامات التي تستمر بطبيعتها بعد انتهاء الاتفاقية.',
  ),
}

export const FORCE_MAJEURE: ClauseTemplate = {
  heading: words('Force majeure', 'القوة القاهرة'),
  text: words(
    'A party is not liable for what it could neither foresee nor avert. It notifies the other without delay, says what it expects, and resumes as soon as it can.',
    'لا يُسأل طرف عما لم يكن في وسعه توقعه ولا دفعه. وعليه أن يُشعر الطرف الآخر دون إبطاء، ويبيّن ما يتوقعه، ويستأنف التنفيذ متى أمكنه ذلك.',
  ),
}
