/** The Arabic words, by the path of their file. */
export const files: Readonly<Record<string, unknown>> = import.meta.glob('./ar/*.json', {
  eager: true,
  import: 'default',
})
