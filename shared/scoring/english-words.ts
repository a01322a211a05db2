import type { StandardWords } from './standard.ts'

/** The rubrics that Mithaq ships, in English. Each lens: what the role asks, then what 0, 1, 2, 3 and 4 look like. */
export const ENGLISH: StandardWords = {
  general: {
    vision: ['Does it bring the company closer to where it says it wants to be?', 'Leads away from the stated direction', 'Leads nowhere that the direction names', 'Fits the direction without moving it', 'Moves one stated goal forward this year', 'Moves several stated goals forward and can be traced to them'],
    purpose: ['Does it serve the people the company is there for?', 'Harms those the company serves', 'Serves only ourselves', 'Serves them a little, or by chance', 'Serves them in a way they would notice', 'Is a plain case of why the company exists'],
    fit: ['Does it work between companies that stay equals?', 'One side carries the cost and the other the gain', 'Needs one side to give up its way of working', 'Works with exceptions that somebody has to look after', 'Works with small adjustments on both sides', 'Uses what each side already does best; either could leave without ruin'],
    legend: ['Would it still be told with pride in ten years?', 'Would be told as a mistake', 'Would be forgotten or explained away', 'Ordinary work, decently done', 'Would be shown to others in the trade', 'Would be named as the moment when something changed for good'],
  },
  ceo: {
    vision: ['Does it change the company’s position in five years, and is it worth the attention it costs?', 'Closes a door that the strategy needs open', 'Takes attention from the three things that matter most', 'Neither helps nor hinders the strategy', 'Advances one strategic goal with a named owner', 'Opens a position that competitors could not copy within two years'],
    purpose: ['Could I defend it before the people we serve, the board and the press alike?', 'Not defensible before any of them', 'Defensible only with things left unsaid', 'Defensible; nobody would thank us', 'Those we serve gain, and the board sees why', 'All would say: this is what the company is for'],
    fit: ['Do I trust the other side’s leadership to keep its word when it becomes inconvenient?', 'Has broken its word on something like this', 'Interests part as soon as the market turns', 'Interests agree today; no experience together', 'Kept its word before; leaders speak openly', 'Kept its word at its own cost, and we did the same'],
    legend: ['Is it the kind of step that a company is remembered for?', 'Would be used as a warning', 'A quarter’s result, soon forgotten', 'Solid, like what others do', 'First in the country or the trade', 'Sets how the trade works after us'],
  },
  coo: {
    vision: ['Does it build the operation that we want to run in three years?', 'Ties us to sites, systems or contracts that we mean to leave', 'Adds a special case beside the target operation', 'Leaves the operation as it is', 'Replaces a weak link on the way to the target operation', 'Is itself a part of the target operation, with capacity to grow'],
    purpose: ['Do orders arrive complete, on time and safely because of it?', 'Service levels or safety fall', 'Service holds only by overtime and stock', 'No change that a customer notices', 'On-time and in-full rise measurably', 'Removes a cause of failure for good, also at the peak'],
    fit: ['Can both operations run it together on an ordinary day, and in Ramadan and Hajj?', 'Cut-offs, calendars or units cannot be made to fit', 'Needs daily manual reconciliation', 'Runs with agreed exceptions and a named desk on each side', 'Shared plan, one set of figures, tested at volume', 'Each side can stand in for the other when a site is down'],
    legend: ['Would another operation come to see how it is done?', 'Would be an accident report', 'A workaround that nobody would show', 'Good routine', 'A reference site in the trade', 'The standard that others measure themselves by'],
  },
  cto: {
    vision: ['Does it lead to the architecture that we want, and can we get out of it?', 'Locks us in with no way to export or leave', 'Adds a system that duplicates one we have', 'Neutral for the architecture', 'Retires old technology, or opens data by documented interfaces', 'Becomes a building block that several products reuse'],
    purpose: ['Does it keep data of those we serve safe and services up?', 'Weakens security, or moves data where the law forbids it', 'Adds risks that nobody owns', 'No worse than today, with the usual controls', 'Smaller attack surface, or recovery tested', 'Safe by design, checked by outsiders, and simpler than before'],
    fit: ['Do both sides’ systems, releases and skills go together?', 'No interface, and none planned', 'Files by hand, formats change without notice', 'An interface exists; versions and tests are agreed in part', 'Versioned interface, shared tests, a named engineer each', 'Each side can release on its own without breaking the other'],
    legend: ['Is it engineering that good people would want to have built?', 'A debt that others will curse', 'Glue that works until somebody leaves', 'Sound and ordinary', 'Worth publishing', 'Changes how the field solves this'],
  },
  cfo: {
    vision: ['Does it fit the financial plan, with the downside counted?', 'Endangers covenants, liquidity or the rating', 'Outside the plan; pays back later than the asset lives', 'Inside the plan; pays back about its cost of capital', 'Clearly above the cost of capital in the base case', 'Above it also in the stressed case, with options to stop early'],
    purpose: ['Is the money used for what owners, staff and those we serve rely on?', 'Puts pay, taxes or obligations at risk', 'Good figures made by moving cost to others', 'Neutral for those who rely on us', 'Frees means for what the company is there for', 'Makes the company sturdier and fairer at once'],
    fit: ['Are gains, costs, risks and payment terms shared fairly and verifiably?', 'Unlimited liability, or terms that we cannot audit', 'We finance the other side', 'Balanced on paper; figures come from one side only', 'Balanced; both sides see the same figures and can audit', 'Balanced under stress, with triggers and remedies agreed'],
    legend: ['Will the figures still look wise after a full cycle?', 'A write-off that gets a name', 'Looks good for one report', 'As expected', 'Quoted as disciplined use of capital', 'Changed the economics of the business for good'],
  },
  cmo: {
    vision: ['Does it move the brand and the market where we want to stand?', 'Confuses or cheapens what we stand for', 'Reaches people we do not want to serve', 'Does not change how we are seen', 'Wins a segment that the plan names', 'Makes us the first name in a market that grows'],
    purpose: ['Does it keep the promise that we make to customers?', 'Breaks a promise that we advertise', 'Says more than we can do', 'Keeps the promise as before', 'Customers notice, and it shows in the figures', 'Customers recommend us because of it'],
    fit: ['Do brands, channels and customer data go together without one using up the other?', 'Brands contradict each other, or customer data is at risk', 'One brand carries the other', 'Compatible; channels overlap', 'Complementary customers; consent and use of data are clear', 'Each brand is worth more beside the other, measured'],
    legend: ['Is it a story that people tell on without being paid for it?', 'A story told against us', 'Forgotten when the campaign ends', 'Pleasant, not distinct', 'Told in the trade', 'Becomes part of how people speak'],
  },
  chro: {
    vision: ['Does it build the people and skills that we will need, local talent included?', 'Loses people or skills that we need', 'Needs skills that we do not have, with no plan to get them', 'Needs what we have', 'Trains people in skills that the plan names; supports Saudisation', 'Makes us the place where such people want to work'],
    purpose: ['Is it fair and safe for those who do the work?', 'Breaks labour law, or endangers health', 'Lives on overtime or on one person', 'Workload and terms stay as they are', 'Better work, clear responsibilities, staff were heard', 'People grow by it, and would choose it themselves'],
    fit: ['Can people of both companies work together day by day?', 'Cultures or rules exclude each other', 'Open questions of who directs whom', 'Works while the two leads stay', 'Clear roles, shared norms, a path for conflicts', 'Teams already trust each other and cover for each other'],
    legend: ['Will those who took part be proud that they did?', 'They would rather not be named', 'They would say: it was a job', 'They would say: it was decent', 'They would put it first in their story', 'They would bring their children to see it'],
  },
  investor: {
    vision: ['Does it raise the long-term worth of the company, and the ways to realise it?', 'Destroys worth, or blocks an exit', 'Growth that costs more than it brings', 'Worth stays', 'Raises worth by something measurable and lasting', 'Multiplies worth, and widens who would want to own it'],
    purpose: ['Would a responsible owner be content with how the gain is made?', 'Gain by breaking rules or trust', 'Gain that depends on nobody asking', 'Gain by ordinary business', 'Gain that those we serve share', 'Gain because those we serve gain'],
    fit: ['Are incentives aligned and control rights clean?', 'Hands over control, or creates a conflict of interests', 'Incentives part when it goes well', 'Aligned while it goes as planned', 'Aligned in good and bad times; rights are written down', 'Both sides have invested what they would miss'],
    legend: ['Is it a case that the next generation of owners will learn from?', 'As a failure', 'Not at all', 'As an ordinary investment', 'As a good decision', 'As the decision that made the company'],
  },
  legal: {
    vision: ['Does it keep the company’s legal freedom to go where it wants?', 'Exclusivity, transfer of rights or competition issues block the way', 'Long commitment without an exit', 'Usual commitments with a usual exit', 'Limited commitment; rights and exit are clear', 'Widens our rights, with licences and permits in hand'],
    purpose: ['Is it lawful, licensed and right towards those whom the law protects?', 'Unlawful, or needs a licence that cannot be had', 'Lawful only by a reading that a regulator may not share', 'Lawful; duties of notice or registration are still open', 'Lawful and documented; personal data has its ground', 'Goes beyond what the law asks, and can be shown'],
    fit: ['Are liability, disputes, language and law settled so that both can live with it?', 'Liability without limit, or no enforceable forum', 'Terms contradict each other, or the Arabic and English differ', 'Standard terms; one side’s law and forum', 'Balanced liability; dispute path with clocks; both languages reviewed', 'Each remedy has a measurable trigger; such disputes were settled before'],
    legend: ['Would it stand as a model text or precedent?', 'As a case in court', 'Would need to be explained', 'Correct', 'Reused as a template', 'Cited by others'],
  },
  'account-lead': {
    vision: ['Does it develop the relationship in the direction of the account plan?', 'Ends or freezes the relationship', 'A favour with no way on', 'Keeps the account where it is', 'Opens the next step of the account plan', 'Makes us the partner whom they call first'],
    purpose: ['Does the customer get what was promised, and feel heard?', 'Breaks a promise in writing', 'Serves our target, not their need', 'Meets the letter of the request', 'Solves the need behind the request', 'Solves what they had not dared to ask for'],
    fit: ['Is it good for both at the price, effort and tone in which it is asked?', 'One side loses by it and knows so', 'Goodwill without return', 'Fair, and hard to explain to one of the two', 'Fair, and explained in a sentence to both', 'Both want more of it'],
    legend: ['Will the customer tell others about it?', 'As a complaint', 'Not at all', 'If asked', 'By themselves', 'As the reason why they stay'],
  },
  'delivery-lead': {
    vision: ['Does it bring the team to the way of delivering that we aim for?', 'Throws back plan, quality or team', 'A detour with a date', 'No change', 'Removes an obstacle from the roadmap', 'A reusable way of delivering'],
    purpose: ['Can it be delivered whole, tested and accepted, by people who are not worn out?', 'Not with this scope, time and team', 'Only with luck or overtime', 'With reserves used up', 'With reserves, acceptance criteria and tests', 'Proven before, with people who have done it'],
    fit: ['Are requests, answers and acceptance on both sides quick and clear enough?', 'Nobody on the other side can decide', 'Decisions take longer than the work', 'Decisions come, with follow-up', 'Named deciders, response times kept', 'One team in practice'],
    legend: ['Will the team show it as its best work?', 'It would hide it', 'It would be glad that it is over', 'Decent work', 'It would show it', 'It would sign it'],
  },
} // prettier-ignore
