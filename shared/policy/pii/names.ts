import { foldName } from './normalise.ts'

// Common given names in Saudi Arabia, the Gulf and among the people who work there, in both scripts, and in forms folded by
// `foldName`. A dictionary finds the usual, not everybody: the column's meaning and the person's eye do the rest.
const LATIN =
  'mohammed mohammad muhammad mohamed ahmed ahmad abdullah abdulla abdulrahman abdurrahman abdulaziz abdelaziz fahad fahd faisal khalid khaled saud saad sultan turki nasser naser bandar majed majid mansour salman salem salim omar umar ali hassan hasan hussein hussain ibrahim ismail youssef yousef yusuf yasser yasir tariq tarek ziad ziyad rayan rakan nawaf meshal mishal mishari badr bader hamad hamed waleed walid adel adil sami samir karim kareem jamal hisham hesham ayman osama usama anas bilal hamza mahmoud mustafa moustafa mostafa amr sara sarah fatima fatimah aisha ayesha noura nora norah maryam mariam reem rana rania lama lamia hind huda nada dana dalal hessa munira amal abeer amani asma layla laila leila salma zainab zaynab khadija hanan hala mona muna noor nour shahad ghada haifa jawaher lujain razan imran irfan asif arif rashid rasheed shahid nadeem naveed usman farhan rajesh suresh ramesh sanjay anil sunil vijay ravi priya anita deepak john james robert michael william david richard joseph thomas charles mary jennifer linda elizabeth susan maria jose juan carlos antonio peter paul george daniel matthew andrew anna emma olivia'
const ARABIC =
  'محمد احمد عبدالله عبدالرحمن عبدالعزيز فهد فيصل خالد سعود سعد سلطان تركي ناصر بندر ماجد منصور سلمان سالم سليم عمر علي حسن حسين ابراهيم اسماعيل يوسف ياسر طارق زياد ريان راكان نواف مشعل مشاري بدر حمد حامد وليد عادل سامي سمير كريم جمال هشام ايمن اسامه انس بلال حمزه محمود مصطفي عمرو ساره فاطمه عائشه نوره نورا مريم ريم رنا رانيا لما لميا هند هدي ندي دانه دلال حصه منيره امل عبير اماني اسما ليلي سلمي زينب خديجه حنان هاله مني نور شهد غاده هيفا جواهر لجين رزان عبد'

const GIVEN = new Set([...LATIN.split(' '), ...ARABIC.split(' ').map(foldName)])

const TITLE =
  /^(mr|mrs|ms|miss|dr|eng|prof|sheikh|السيد|السيده|الاستاذ|الاستاذه|الدكتور|الدكتوره|المهندس|المهندسه|الشيخ|د|م|ا)\.?$/
const LINK = /^(bin|ibn|bint|abu|abou|al|el|بن|ابن|بنت|ابو|ام|ال)$/
/** Words of trade: "Al Faisal Trading Co" is a company, "Sara face cream" a product. */
const TRADE =
  /(^|\s)(co|company|llc|ltd|inc|corp|corporation|est|establishment|group|holding|trading|factory|store|stores|market|pharmacy|hospital|clinic|restaurant|contracting|industries|services|bank|university|school|city|street|road|district|شركه|مؤسسه|مجموعه|مصنع|متجر|اسواق|صيدليه|مستشفي|عياده|مطعم|بنك|جامعه|مدرسه|مدينه|شارع|طريق|حي|تجاره|للتجاره|التجاريه|المحدوده)(\.|,|\s|$)/

/**
 * Whether a text reads as the name of a person: two to six words of letters, of which the first (after a title) is a common
 * given name, or a title followed by words. Deliberately careful: one word alone is never a name (a region may be called Nora).
 */
export function looksLikeName(text: string): boolean {
  const folded = foldName(text).trim()
  if (folded.length > 80 || TRADE.test(folded) || !/^[\p{L}\s.'’-]+$/u.test(folded)) return false
  const words = folded.split(/[\s]+/)
  let titled = false
  while (words.length > 0 && TITLE.test(words[0]!)) {
    titled = true
    words.shift()
  }
  const names = words.filter((word) => !LINK.test(word))
  if (words.length > 6 || names.length === 0) return false
  if (titled && /^\p{L}{2,}/u.test(names[0]!)) return names.length >= 2 || GIVEN.has(names[0]!)
  return words.length >= 2 && names.length >= 2 ? GIVEN.has(names[0]!) : linked(words)
}

/** "Fahad Al": no; "Ahmad bin Saud", "أبو محمد": a link word beside a given name. */
const linked = (words: readonly string[]): boolean =>
  words.some((word, at) => LINK.test(word) && word !== 'al' && word !== 'el' && GIVEN.has(words[at + 1] ?? ''))
