import type { ReactNode } from 'react'
import classes from './key-value.module.css'

/** Facts as a definition list: name on the start side, value beside it. Text of either language keeps its own direction. */
export function KeyValue({ items }: { readonly items: readonly (readonly [string, ReactNode] | null)[] }) {
  return (
    <dl className={classes.list}>
      {items.map((item) =>
        item ? (
          <div key={item[0]} className={classes.row}>
            <dt className={classes.name}>{item[0]}</dt>
            <dd className={classes.value}>{typeof item[1] === 'string' ? <bdi>{item[1]}</bdi> : item[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
