/** A beverage and food distributor that never was. Names are invented; domains end in `.example` and nobody owns the numbers. */
export const PRODUCTS = [
  { sku: 'DT-0101', name: 'Ajwa dates 1 kg', price: 46.5, share: 14, carton: 24, ramadan: 2.4 },
  { sku: 'DT-0102', name: 'Sukkari dates 3 kg', price: 58, share: 12, carton: 16, ramadan: 2.2 },
  { sku: 'CF-0201', name: 'Saudi coffee blend 500 g', price: 31.75, share: 11, carton: 20, ramadan: 1.5 },
  { sku: 'CF-0202', name: 'Cardamom, green 250 g', price: 39.9, share: 10, carton: 12, ramadan: 1.5 },
  { sku: 'BV-0301', name: 'Berry cordial 710 ml x 12', price: 132, share: 9, carton: 10, ramadan: 3.1 },
  { sku: 'BV-0302', name: 'Orange drink powder 2.5 kg', price: 41.25, share: 8, carton: 14, ramadan: 1.9 },
  { sku: 'BV-0303', name: 'Drinking water 330 ml x 40', price: 17.5, share: 8, carton: 60, ramadan: 0.9 },
  { sku: 'GR-0401', name: 'Basmati rice 10 kg', price: 78, share: 7, carton: 18, ramadan: 1.4 },
  { sku: 'GR-0402', name: 'Vermicelli 500 g x 20', price: 44, share: 6, carton: 15, ramadan: 1.8 },
  { sku: 'OL-0501', name: 'Sunflower oil 1.5 l x 6', price: 69.75, share: 6, carton: 12, ramadan: 1.5 },
  { sku: 'SW-0601', name: 'Maamoul with dates 12 x 16', price: 87, share: 5, carton: 9, ramadan: 2.6 },
  { sku: 'SW-0602', name: 'Halwa, tahini 400 g x 12', price: 96.5, share: 4, carton: 8, ramadan: 1.7 },
] as const

export const REGIONS = [
  { name: 'Riyadh', share: 28, customers: 24 },
  { name: 'Makkah', share: 24, customers: 18 },
  { name: 'Eastern Province', share: 19, customers: 12 },
  { name: 'Madinah', share: 14, customers: 9 },
  { name: 'Asir', share: 12, customers: 8 },
  { name: 'Qassim', share: 3, customers: 3 },
] as const

/** English and Arabic trade names, mixed as they are in a real ledger; one line per customer, in the order of the regions. */
export const CUSTOMERS = [
  'Al Waha Markets', 'أسواق الواحة الخضراء', 'Najd Hypermarket', 'مؤسسة الدرعية للأغذية', 'Tuwaiq Grocers', 'شركة العارض التجارية',
  'Olaya Corner Stores', 'أسواق المصمك', 'Malaz Wholesale', 'تموينات السلام', 'Riyadh Gate Catering', 'شركة ضيافة العاصمة',
  'Hittin Fresh', 'أسواق روابي نجد', 'Diplomatic Quarter Foods', 'مخازن الفيصلية', 'Sulay Cash & Carry', 'مؤسسة غصن الزيتون',
  'Narjis Family Store', 'أسواق البادية', 'Yamamah Distribution', 'شركة رماح للتموين', 'Irqah Market', 'بقالات الحمراء المتحدة',
  'Corniche Supermarkets', 'أسواق البلد', 'Red Sea Catering', 'شركة حجاز للضيافة', 'Jeddah Port Traders', 'مؤسسة باب مكة',
  'Rawdah Wholesale', 'أسواق العزيزية', 'Taif Rose Foods', 'تموينات الشفا', 'Obhur Stores', 'شركة زمزم للتوزيع',
  'Salamah Grocers', 'أسواق النسيم', 'Historic Quarter Cafes', 'مخازن الكندرة', 'Hada Highlands Market', 'مؤسسة بحرة التجارية',
  'Gulf Pearl Hypermarket', 'أسواق الخليج الذهبي', 'Dhahran Commissary', 'شركة الخبر للأغذية', 'Jubail Industrial Catering', 'مؤسسة القطيف للتمور',
  'Half Moon Stores', 'أسواق الأحساء', 'Ras Tanura Supplies', 'تموينات الدمام', 'Hofuf Wholesale', 'شركة الساحل الشرقي',
  'Quba Markets', 'أسواق العوالي', 'Uhud Wholesale', 'مؤسسة طيبة للتمور', 'Yanbu Bay Stores', 'شركة العقيق التجارية',
  'Anbariyah Stores', 'أسواق الهجرة', 'Badr Wholesale',
  'Abha Cloud Market', 'أسواق السودة', 'Khamis Wholesale', 'مؤسسة جبال عسير',
  'Rijal Almaa Stores', 'تموينات بيشة', 'Namas Fresh', 'أسواق محايل',
  'Buraidah Date Traders', 'أسواق عنيزة', 'Qassim Farm Stores',
] as const // prettier-ignore

export const CONTACTS = [
  ['Ahmed Al Harbi', 'a.alharbi'], ['نورة القحطاني', 'n.alqahtani'], ['Sara Al Otaibi', 's.alotaibi'], ['خالد الزهراني', 'k.alzahrani'],
  ['Faisal Al Ghamdi', 'f.alghamdi'], ['ريم الشهري', 'r.alshehri'], ['Omar Bin Saleh', 'o.binsaleh'], ['هند المطيري', 'h.almutairi'],
  ['Maha Al Dosari', 'm.aldosari'], ['سلطان العتيبي', 's.alotaibi2'], ['Yousef Al Amri', 'y.alamri'], ['لمى الحربي', 'l.alharbi'],
  ['Turki Al Subaie', 't.alsubaie'], ['عبدالله الدوسري', 'a.aldosari'], ['Huda Al Juhani', 'h.aljuhani'], ['ماجد السبيعي', 'm.alsubaie'],
] as const // prettier-ignore

export const NOTES = [
  'Deliver before noon', 'التسليم بعد صلاة العصر', 'Gate 3, ask for the storekeeper', 'يرجى الاتصال قبل الوصول', 'Pallets returned: 4',
  'Customer asked for "early" delivery', 'خصم موسمي متفق عليه', 'Invoice to head office, copy to branch',
] as const // prettier-ignore
