/** Line ends of every kind, so that no quoted text begins a line of its own without the sign. */
const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
/**
 * Signs that are not seen and could carry an order past whoever looks at the preview: control characters, marks that turn the direction
 * of writing, joiners that show nothing, tags. U+200C and U+200D stay: Arabic script needs them.
 */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\ufff9-\ufffb]/gu

/** Somebody's text as data: each of its lines behind `| `, so that whatever it says cannot end the quotation or pass for the frame. */
export const quoted = (text: string): string =>
  text
    .split(LINE_ENDS)
    .map((line) => `| ${line.replaceAll('\t', ' ').replaceAll(UNSEEN, '').trimEnd()}`.trimEnd())
    .join('\n')
