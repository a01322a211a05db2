import { createHash } from 'node:crypto'
import { words } from '#shared/artifacts/words.ts'
import type { PrintedAgreement, PrintedClause } from '#shared/agreement/printed-agreement.ts'
import type { IsoDate } from '#shared/kernel/time.ts'

const clause = (number: string, en: readonly [string, string], ar: readonly [string, string]): PrintedClause => ({
  number,
  heading: words(en[0], ar[0]),
  body: words(en[1], ar[1]),
})

const clauses: readonly PrintedClause[] = [
  clause(
    '1',
    [
      'Purpose',
      'The companies share planning figures so that each can prepare its work in time. They do so for the purpose named here and for no other.\n\nNothing in this agreement makes one company the agent or the partner of the other.',
    ],
    [
      'الغرض',
      'تتبادل الشركتان أرقام التخطيط ليتمكن كل منهما من الاستعداد لعمله في الوقت المناسب، وذلك للغرض المبيّن هنا دون غيره.\n\nلا يجعل أي حكم في هذه الاتفاقية إحدى الشركتين وكيلًا عن الأخرى أو شريكًا لها.',
    ],
  ),
  clause(
    '2',
    [
      'What is shared',
      'Each company decides what it discloses and to which roles of the other. By default a figure is shared in sum, and only where it rests on enough customers (≥ 5):\n- forecasts per product, region and month;\n- capacity commitments with their dates;\n- nothing that names a person.',
    ],
    [
      'ما تجري مشاركته',
      'تقرر كل شركة ما تفصح عنه وللأدوار التي تحددها لدى الشركة الأخرى. والأصل أن يُشارك الرقم مجملًا، وألا يُشارك إلا إذا استند إلى عدد كافٍ من العملاء (≥ 5):\n- التوقعات لكل منتج ومنطقة وشهر؛\n- التزامات الطاقة الإنتاجية وتواريخها؛\n- ولا شيء مما يكشف هوية شخص.',
    ],
  ),
  {
    ...clause(
      '3',
      [
        'Contributions',
        'The companies bear the cost of the shared planning office in these shares. The amounts are in Saudi riyals and include value added tax of 15%.',
      ],
      [
        'المساهمات',
        'تتحمل الشركتان تكلفة مكتب التخطيط المشترك بالحصص الآتية. المبالغ بالريال السعودي وتشمل ضريبة القيمة المضافة بنسبة 15%.',
      ],
    ),
    table: {
      columns: [words('Company', 'الشركة'), words('Share', 'الحصة'), words('Amount', 'المبلغ')],
      rows: [
        [words('Rawasi Foods', 'رواسي للأغذية'), words('62.5%', '62.5%'), words('1,250,000.50', '1,250,000.50')],
        [words('Najd Packaging', 'نجد للتغليف'), words('37.5%', '37.5%'), words('750,000.30', '750,000.30')],
      ],
    },
  },
  clause(
    '4',
    [
      'Confidentiality',
      'What is received stays confidential for 36 months after this agreement ends. Clause 2.1 stays as it is. Whoever must disclose something by law tells the other company first, unless the law forbids it.',
    ],
    [
      'السرية',
      'تبقى المعلومات المستلمة سرية مدة 36 شهرًا بعد انتهاء هذه الاتفاقية. ويبقى البند 2.1 على حاله. ومن أُلزم نظامًا بالإفصاح عن شيء أبلغ الشركة الأخرى قبل ذلك ما لم يمنعه النظام.',
    ],
  ),
  clause(
    '5',
    [
      'Notices',
      'Notices go to legal@rawasi.example and to contracts@najd-packaging.example, or by telephone to +966 11 555 0142, and count from the next working day. The service is open 24/7.',
    ],
    [
      'الإشعارات',
      'تُرسل الإشعارات إلى legal@rawasi.example وإلى contracts@najd-packaging.example أو بالاتصال بالرقم +966 11 555 0142، وتُحتسب من يوم العمل التالي. والخدمة متاحة 24/7.',
    ],
  ),
  clause(
    '6',
    [
      'Term and exit',
      'This agreement begins on 2026-12-01 and ends on 2028-11-30. Either company may end it with 90 days’ notice.',
    ],
    ['المدة والإنهاء', 'تبدأ هذه الاتفاقية في 2026-12-01 وتنتهي في 2028-11-30. ولكل شركة إنهاؤها بإشعار قبل 90 يومًا.'],
  ),
  clause(
    '7',
    [
      'Governing law',
      'The laws of the Kingdom of Saudi Arabia govern this agreement. If its two texts differ, the Arabic text prevails.',
    ],
    [
      'النظام الحاكم',
      'تخضع هذه الاتفاقية لأنظمة المملكة العربية السعودية. وإذا اختلف النصّان فالعبرة بالنص العربي. وهذا شرطٌ مُلزِمٌ يَسري على الطَّرفَين.',
    ],
  ),
]

const party = (en: string, ar: string, calledEn: string, calledAr: string, cr: string) => ({
  name: words(en, ar),
  called: words(calledEn, calledAr),
  facts: [
    { label: words('Commercial registration', 'السجل التجاري'), value: cr },
    {
      label: words('Address', 'العنوان'),
      value: words('7 King Fahd Road, Riyadh 12271', '7 طريق الملك فهد، الرياض 12271'),
    },
  ],
})

/** What is attached: any text does, the file is what is tested. */
export const canonicalText = new TextEncoder().encode(JSON.stringify({ format: 'sample.v1', clauses }))
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

export const FIELDS = ['rawasi-1', 'najd-1'] as const
export const sampleAgreement: PrintedAgreement = {
  kind: words('Peer agreement', 'اتفاقية بين نظراء'),
  title: words('Agreement on Shared Planning', 'اتفاقية التخطيط المشترك'),
  reference: 'PA-2026-014',
  version: 4,
  date: '2026-11-26' as IsoDate,
  prevailing: 'ar',
  parties: [
    party('Rawasi Foods Company', 'شركة رواسي للأغذية', 'Rawasi', 'رواسي', '1010456789'),
    party('Najd Packaging Company', 'شركة نجد للتغليف', 'Najd', 'نجد', '1010987654'),
  ],
  clauses,
  signatories: [
    {
      field: FIELDS[0],
      company: words('Rawasi Foods Company', 'شركة رواسي للأغذية'),
      person: words('Salma Al-Harbi', 'سلمى الحربي'),
      role: words('Chief Executive Officer', 'الرئيسة التنفيذية'),
      fingerprint: sha256('rawasi'),
    },
    {
      field: FIELDS[1],
      company: words('Najd Packaging Company', 'شركة نجد للتغليف'),
      person: words('Omar Al-Otaibi', 'عمر العتيبي'),
      role: words('General Manager', 'المدير العام'),
      fingerprint: sha256('najd'),
    },
  ],
  contentHash: sha256(canonicalText),
  attachment: 'agreement.json',
  versions: [1, 2, 3, 4].map((number) => ({
    number,
    date: `2026-11-${String(2 + number * 6)}`.replace(/-(\d)$/, '-0$1') as IsoDate,
    by:
      number % 2
        ? words('Rawasi Foods Company', 'شركة رواسي للأغذية')
        : words('Najd Packaging Company', 'شركة نجد للتغليف'),
    hash: number === 4 ? sha256(canonicalText) : sha256(`version ${number}`),
  })),
}

/** The sample with so many clauses, each several paragraphs long, that it fills some forty pages. */
export const longAgreement = (count: number): PrintedAgreement => ({
  ...sampleAgreement,
  clauses: Array.from({ length: count }, (_, at) => {
    const base = clauses[at % clauses.length]!
    const several = (text: string) => Array.from({ length: 3 }, () => text).join('\n\n')
    return { ...base, number: String(at + 1), body: words(several(base.body.en), several(base.body.ar)) }
  }),
})
