import { words, type Words } from '#shared/artifacts/words.ts'

/** `high`: money, quantity or a duty is at stake; `medium`: which of the two holds has to be said; `low`: worth a look. */
export const SEVERITIES = ['high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

interface Rule {
  readonly severity: Severity
  readonly sentence: (about: Words) => Words
}
const rule = (severity: Severity, en: (about: string) => string, ar: (about: string) => string): Rule => ({
  severity,
  sentence: (about) => words(en(about.en), ar(about.ar)),
})

/** What each rule of RULES.md says where it finds something. */
export const RULES = {
  'CON-1': rule('high',
    (about) => `“${about}” is not the same in two agreements between the same companies.`,
    (about) => `«${about}» ليس واحدًا في اتفاقيتين بين الشركات نفسها.`),
  'CON-2': rule('high',
    (about) => `${about} has two prices in two agreements between the same companies.`,
    (about) => `لـ«${about}» سعران في اتفاقيتين بين الشركات نفسها.`),
  'CON-3': rule('high',
    (about) => `Two agreements between the same companies measure ${about} in two ways.`,
    (about) => `تقيس اتفاقيتان بين الشركات نفسها «${about}» بطريقتين.`),
  'CON-4': rule('high',
    (about) => `Two agreements between the same companies set two targets for ${about}.`,
    (about) => `تحدد اتفاقيتان بين الشركات نفسها هدفين لـ«${about}».`),
  'CON-5': rule('high',
    (about) => `The agreement does not say what was negotiated and signed for “${about}”.`,
    (about) => `لا تقول الاتفاقية ما جرى التفاوض عليه وتوقيعه في «${about}».`),
  'CON-6': rule('high',
    (about) => `Less is committed than forecast for ${about}.`,
    (about) => `الملتزم به لـ«${about}» أقل من المتوقع.`),
  'CON-7': rule('high',
    (about) => `More is committed on ${about} than it has capacity.`,
    (about) => `الملتزم به على «${about}» يفوق طاقته.`),
  'CON-8': rule('high',
    (about) => `“${about}” is due outside the term of the agreement that the plan rests on.`,
    (about) => `تُستحق «${about}» خارج مدة الاتفاقية التي تقوم عليها الخطة.`),
  'CON-9': rule('medium',
    (about) => `“${about}” is owed after the last day of the agreement that says so.`,
    (about) => `يُستحق «${about}» بعد آخر يوم من الاتفاقية التي تنص عليه.`),
  'CON-10': rule('medium',
    (about) => `“${about}” is due outside the plan’s own period.`,
    (about) => `تُستحق «${about}» خارج مدة الخطة نفسها.`),
  'CON-11': rule('medium',
    (about) => `“${about}” is due after the day by which the signed outcome needs it.`,
    (about) => `تُستحق «${about}» بعد اليوم الذي تتطلبها فيه النتيجة الموقّعة.`),
  'CON-12': rule('medium',
    (about) => `Change ${about} is signed, and the scope in force does not carry it.`,
    (about) => `التغيير «${about}» موقّع، ولا يتضمنه النطاق الساري.`),
  'CON-13': rule('medium',
    (about) => `The plan carries out a signed outcome, and nobody is accountable for “${about}”.`,
    (about) => `تنفّذ الخطة نتيجة موقّعة، ولا مسؤول نهائيًا عن «${about}».`),
  'CON-14': rule('medium',
    (about) => `Several companies are accountable for “${about}”.`,
    (about) => `أكثر من شركة مسؤولة نهائيًا عن «${about}».`),
  'CON-15': rule('medium',
    (about) => `The budget’s amounts do not split as agreed for ${about}.`,
    (about) => `لا تتوزع مبالغ الميزانية كما اتُّفق عليه لـ«${about}».`),
  'CON-16': rule('medium',
    (about) => `The plan’s budget is above “${about}”.`,
    (about) => `تتجاوز ميزانية الخطة «${about}».`),
  'CON-17': rule('low',
    (about) => `The plan counts in another currency than “${about}”.`,
    (about) => `تُحسب الخطة بعملة غير عملة «${about}».`),
  'CON-18': rule('high',
    (about) => `The agreement builds on another version of ${about} than the one in force.`,
    (about) => `تقوم الاتفاقية على إصدار من «${about}» غير الساري.`),
  'CON-19': rule('medium',
    (about) => `The agreement names ${about}, which ends before it does.`,
    (about) => `تذكر الاتفاقية «${about}»، وينتهي استعماله قبلها.`),
  'CON-20': rule('medium',
    (about) => `A credit for ${about} is due although its target is met.`,
    (about) => `يُستحق حسم عن «${about}» مع تحقق هدفه.`),
  'CON-21': rule('medium',
    (about) => `The plan aims for less of ${about} than the agreement asks for.`,
    (about) => `تستهدف الخطة من «${about}» أقل مما تطلبه الاتفاقية.`),
  'CON-22': rule('high',
    (about) => `A claim and the plan’s own reading say different things of ${about}.`,
    (about) => `تقول مطالبة وقراءة الخطة شيئين مختلفين عن «${about}».`),
  'CON-23': rule('high',
    (about) => `The text gives “${about}” a value beyond our own limit.`,
    (about) => `يعطي النص «${about}» قيمة تتجاوز حدنا الخاص.`),
} as const // prettier-ignore
export type RuleId = keyof typeof RULES
