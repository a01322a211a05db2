import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { askAhead } from './engine.tsx'
import { startTranslation } from './i18n.ts'
import { currentRoute } from './route.ts'
import { screenOf } from './screens.tsx'

/**
 * What the first screen waits for sets out together: the engine's state, the words, and the screen itself. Not awaited by the
 * module, which the screen's own code may be waiting for.
 */
async function start(): Promise<void> {
  askAhead('main')
  await Promise.all([startTranslation(), screenOf(currentRoute().area).prepare()])
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no root')
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
void start()
