export const WORDS_IN_KIT = 24

/** The words in a text as somebody typed or pasted it: any case, with or without their numbers. */
export const readWords = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? []
