/** An invitation is short; what is longer is not one. */
const LONGEST = 4096

/** The `mithaq:` link among a start's arguments, when there is exactly one that could be ours. Nothing in it is trusted yet. */
export function linkAmong(args: readonly string[]): string | undefined {
  const links = args.filter((arg) => arg.toLowerCase().startsWith('mithaq:'))
  const [link] = links
  if (links.length !== 1 || !link || link.length > LONGEST || !URL.canParse(link)) return undefined
  // Printable ASCII alone: a link that needs more is not one that we made.
  return /^[\x21-\x7e]+$/.test(link) ? link : undefined
}

/** Where the ui shows a link: the fragment stays in the window and reaches no server and no log. */
export const addressOf = (link: string): string => `#/workspaces/open?link=${encodeURIComponent(link)}`
