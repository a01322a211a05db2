import { defineConfig } from 'playwright/test'

/** The stories that need real browsers. One at a time: each starts engines and browsers of its own. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    launchOptions: { executablePath: process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium' },
    // Filming every step costs a third of the time. What a failure left on the page is in the trace, and in one picture.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
})
