/** Loaded before an app: its clock is ten days ahead. */
const now = Date.now.bind(Date)
Date.now = () => now() + 10 * 86_400_000
