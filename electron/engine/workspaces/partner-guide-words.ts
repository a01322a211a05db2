/**
 * The guide for a partner who has never seen the app, in both languages. `{inviter}`, `{file}` and `{until}` are filled in;
 * `[[key|name]]` is a name on the screen, and a test compares it with the app's own words.
 */
export interface GuideWords {
  readonly title: string
  readonly lead: string
  readonly steps: readonly { readonly id: GuideStep; readonly title: string; readonly text: string }[]
  readonly note: string
}
type GuideStep = 'install' | 'company' | 'open' | 'answer' | 'compare' | 'exchange'

export const GUIDE_EN: GuideWords = {
  title: '{inviter} invites you to work together in Mithaq',
  lead: 'Six steps, about five minutes once the app is installed. No server, no account: two files by mail and one call. The invitation is the attachment {file}. It works once, until {until}.',
  steps: [
    {
      id: 'install',
      title: 'Install the app',
      text: 'Ask {inviter} for the installer, and open it. Or ask for the app’s folder: install Node.js 20 or later, open a terminal in the folder, and type npm start. The first start takes one to three minutes.',
    },
    {
      id: 'company',
      title: 'Set up your company',
      text: 'On the first screen choose [[welcome:start.invited|I have an invitation]]. Enter the names, your role and a passphrase, and write down the two lists of words on paper. Your data stays on your computer.',
    },
    {
      id: 'open',
      title: 'Open the invitation',
      text: 'Under [[common:area.workspaces|Workspaces]] choose [[common:action.openInvitation|Open an invitation or a file]] and pick the attachment {file}. The screen says who invites you, and to what. Nothing is joined yet.',
    },
    {
      id: 'answer',
      title: 'Accept, and mail the answer back',
      text: 'Choose [[workspaces:invitation.accept|Accept the invitation]], then [[workspaces:invitation.answerFile|Save the answer file]], and send that file to {inviter}. It tells them your company’s name, yours and your roles, and nothing else.',
    },
    {
      id: 'compare',
      title: 'Compare the safety code by voice',
      text: 'Call {inviter} on a number that you already know, not one from this mail. Under [[workspaces:tab.safety|Safety code]] read the groups of digits to each other. Only if all are the same choose [[workspaces:safety.matches|All groups match]], both of you.',
    },
    {
      id: 'exchange',
      title: 'Exchange by file',
      text: '{inviter} mails you a sealed update: open it the same way as the invitation. When you have answered in the workspace, choose [[workspaces:sync.export|Write a sealed file]] and mail it back. A direct connection or a mailbox can follow later.',
    },
  ],
  note: 'If the codes differ, somebody may stand between you: stop, and tell {inviter} by telephone.',
}

export const GUIDE_AR: GuideWords = {
  title: 'تدعوكم {inviter} إلى العمل معًا في ميثاق',
  lead: 'ست خطوات تستغرق نحو خمس دقائق بعد تثبيت التطبيق. لا خادم ولا حساب: ملفان بالبريد ومكالمة واحدة. الدعوة هي المرفق {file}، وتصلح مرة واحدة حتى {until}.',
  steps: [
    {
      id: 'install',
      title: 'ثبّت التطبيق',
      text: 'اطلب برنامج التثبيت من {inviter} وافتحه. أو اطلب مجلد التطبيق، وثبّت Node.js بالإصدار 20 أو أحدث، وافتح نافذة الأوامر في المجلد واكتب npm start. يستغرق التشغيل الأول من دقيقة إلى ثلاث دقائق.',
    },
    {
      id: 'company',
      title: 'جهّز شركتك',
      text: 'في الشاشة الأولى اختر [[welcome:start.invited|لديّ دعوة]]، وأدخل الأسماء ودورك وعبارة المرور، ودوّن قائمتي الكلمات على ورق. تبقى بياناتك على جهازك.',
    },
    {
      id: 'open',
      title: 'افتح الدعوة',
      text: 'في [[common:area.workspaces|مساحات العمل]] اختر [[common:action.openInvitation|فتح دعوة أو ملف]] ثم المرفق {file}. تبيّن الشاشة من يدعوك وإلى ماذا، ولا تنضم إلى شيء بعد.',
    },
    {
      id: 'answer',
      title: 'اقبل وأعد الجواب بالبريد',
      text: 'اختر [[workspaces:invitation.accept|قبول الدعوة]] ثم [[workspaces:invitation.answerFile|حفظ ملف الجواب]]، وأرسل الملف إلى {inviter}. يحمل اسم شركتك واسمك وأدوارك لا غير.',
    },
    {
      id: 'compare',
      title: 'قارن رمز الأمان صوتيًّا',
      text: 'اتصل هاتفيًّا على رقم تعرفه مسبقًا، لا على رقم من هذه الرسالة. في [[workspaces:tab.safety|رمز الأمان]] اقرآ مجموعات الأرقام أحدكما للآخر، ولا تختارا [[workspaces:safety.matches|كل المجموعات متطابقة]] إلا إن تطابقت كلها.',
    },
    {
      id: 'exchange',
      title: 'تبادلا بالملفات',
      text: 'ترسل إليك {inviter} تحديثًا مختومًا بالبريد، فافتحه كما فتحت الدعوة. وبعد أن تجيب في مساحة العمل اختر [[workspaces:sync.export|كتابة ملف مختوم]] وأعده بالبريد. ويمكن لاحقًا الاتصال المباشر أو استخدام صندوق بريد.',
    },
  ],
  note: 'إن اختلف الرمزان فقد يكون بينكما طرف متسلل: توقف وأبلغ {inviter} هاتفيًّا.',
}
