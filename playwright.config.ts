import { defineConfig } from 'playwright/test'

/**
 * The stories that need real browsers, two at a time: one waits for its engines and its pages for a good part of its time.
 * Each has profiles, ports and browsers of its own.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    launchOptions: {
      executablePath: process.env['MITHAQ_STORY_BROWSER'] ?? process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium',
    },
    // Filming every step costs a third of the time. What a failure left on the page is in the trace, and in one picture.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
})
