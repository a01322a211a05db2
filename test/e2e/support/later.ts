/** Loaded before an app, as `later.ts?days=10`: its clock is so many days ahead. */
const days = Number(new URL(import.meta.url).searchParams.get('days'))
const now = Date.now.bind(Date)
Date.now = () => now() + days * 86_400_000
