import { createElement, Suspense } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { late } from './late.ts'

const Screen = () => 'the screen'
const shown = (component: ReturnType<typeof late>): string =>
  renderToString(createElement(Suspense, { fallback: 'loading' }, createElement(component)))

it('what was fetched ahead is shown at once, and not behind a fallback', async () => {
  expect(shown(late(() => Promise.resolve(Screen)))).toContain('loading')
  const screen = late(() => Promise.resolve(Screen))
  await screen.prepare()
  expect(shown(screen)).toContain('the screen')
})

it('what could not be fetched ahead is fetched again when it is shown', async () => {
  let asked = 0
  const screen = late(() => (asked++ === 0 ? Promise.reject(new Error('the shell is away')) : Promise.resolve(Screen)))
  await screen.prepare()
  expect(shown(screen)).toContain('loading')
  expect(asked).toBe(2)
})
