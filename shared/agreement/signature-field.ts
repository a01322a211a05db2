/** The name of a signatory's field in the file. */
export const fieldOf = (signatory: string): string => `sign-${signatory}`
