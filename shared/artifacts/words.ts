/** A label in both languages of the product. Arabic is never optional: `TR-21` blocks signing without it. */
export interface Words {
  readonly en: string
  readonly ar: string
}

export const words = (en: string, ar: string): Words => ({ en, ar })
