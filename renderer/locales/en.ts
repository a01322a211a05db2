/** The English words, by the path of their file. */
export const files: Readonly<Record<string, unknown>> = import.meta.glob('./en/*.json', {
  eager: true,
  import: 'default',
})
