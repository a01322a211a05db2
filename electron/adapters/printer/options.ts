/** How every typesetter prints: as the page's own rules say, tagged for screen readers, with bookmarks. */
export const PRINT_OPTIONS = {
  printBackground: true,
  preferCSSPageSize: true,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
} as const

/** Forty pages take under a second; a page that takes this long will not come. */
export const PRINT_DEADLINE = 60_000
