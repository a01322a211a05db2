import { defineArtifact } from './define.ts'
import { words } from './words.ts'

/**
 * What one person hands to colleagues of the same company: a table of their vault, or a policy over one. The section is a frame
 * of pages whose grammar is the sender's engine's (`shared/intake/shared-table.ts`), too large for a form, so it declares no field.
 */
export const ColleagueShare = defineArtifact({
  type: 'ColleagueShare.v1',
  minor: 0,
  label: words('Shared with colleagues', 'مشارَك مع الزملاء'),
  about: words(
    'Data that one person of the company handed to the devices of chosen roles in it.',
    'بيانات سلّمها شخص في الشركة لأجهزة أدوار اختارها فيها.',
  ),
  sections: {
    slice: {
      label: words('Handed over', 'ما سُلّم'),
      writers: 'maker',
      roles: 'any',
      form: 'sealed',
      fields: {},
    },
  },
})
