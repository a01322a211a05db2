import { Badge, Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLocale } from '#ui/parts/locale.ts'
import { go, to } from './route.ts'

/** What a tab tells before it is opened. */
export interface TabMark {
  /** A number, or a word such as "yours". */
  readonly text: number | string
  readonly color: 'amber' | 'red' | 'gray'
  /** What a number counts, for screen readers. */
  readonly label?: string
}

/** The parts of a document's screen, each at an address of its own. */
export function DocumentTabs<Name extends string>(props: {
  readonly artifact: string
  readonly active: Name
  readonly panels: { readonly [Tab in Name]?: ReactNode }
  readonly name: (tab: Name) => string
  readonly mark?: (tab: Name) => TabMark | null
}) {
  const { artifact, active, panels, name, mark } = props
  const { f } = useLocale()
  const tabs = Object.keys(panels) as Name[]
  return (
    <Tabs
      value={active}
      onChange={(next) => next !== null && go(to.document(artifact, next))}
      keepMounted={false}
      // A tab is a place of its own, and a new place takes the focus: the arrows only point, Enter goes.
      activateTabWithKeyboard={false}
    >
      <Tabs.List mb="lg">
        {tabs.map((tab) => {
          const marked = mark?.(tab)
          return (
            <Tabs.Tab
              key={tab}
              value={tab}
              rightSection={
                marked ? (
                  <Badge
                    size="sm"
                    color={marked.color}
                    variant={typeof marked.text === 'number' ? 'light' : 'filled'}
                    aria-label={marked.label}
                  >
                    {typeof marked.text === 'number' ? f.number(marked.text) : marked.text}
                  </Badge>
                ) : null
              }
            >
              {name(tab)}
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab}>
          {panels[tab]}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
