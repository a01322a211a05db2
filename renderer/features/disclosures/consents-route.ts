import type { Route } from '#ui/app/route.ts'

export const consentsRoute: Route = { area: 'disclosures', path: ['consents'], query: {} }
