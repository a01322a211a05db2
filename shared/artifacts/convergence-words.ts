import { words } from './words.ts'

export const UNIT_WORDS = {
  halalas: words('Money (riyals)', 'مال (ريال)'),
  number: words('Quantity', 'كمية'),
  'basis-points': words('Percent', 'نسبة مئوية'),
  days: words('Days', 'أيام'),
  date: words('Date', 'تاريخ'),
  choice: words('Choice', 'اختيار'),
} as const
export const SIDE_WORDS = { buyer: words('Buyer', 'المشتري'), seller: words('Seller', 'البائع') } as const
export const AGREEMENT_CHOICES = {
  'ContractTerms.v1': words('Contract terms', 'شروط التعاقد'),
  'PartnershipAgreement.v1': words('Partnership agreement', 'اتفاقية شراكة'),
} as const
