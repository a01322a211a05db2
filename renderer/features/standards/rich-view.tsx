import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { breakOf, proposedOf, settled, type RichNode } from '#shared/standards/rich-text.ts'
import classes from './text.module.css'

/** Text of a clause for reading, suggestions shown where they stand. Its direction is its language's, whatever the screen's. */
export function RichView({ tree, language }: { readonly tree: RichNode; readonly language: 'en' | 'ar' }) {
  return (
    <div className={classes.text} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      {(settled(tree).content ?? []).map((node, at) => (
        <Node key={at} node={node} />
      ))}
    </div>
  )
}

function Node({ node }: { readonly node: RichNode }): ReactNode {
  const { t } = useTranslation('standards')
  const inside = (node.content ?? []).map((inner, at) => <Node key={at} node={inner} />)
  const change = proposedOf(node)?.change
  const proposed = change && {
    'data-proposed': change,
    title: t(change === 'add' ? 'suggest.inserted' : 'suggest.deleted'),
  }
  switch (node.type) {
    case 'text':
      return <Letters node={node} />
    case 'hardBreak':
      return <br />
    case 'paragraph':
      return <p {...proposed}>{inside}</p>
    case 'bulletList':
      return <ul {...proposed}>{inside}</ul>
    case 'orderedList':
      return <ol {...proposed}>{inside}</ol>
    case 'listItem':
      return <li {...proposed}>{inside}</li>
    case 'table':
      return (
        <div className={classes.scroll}>
          <table {...proposed}>
            <tbody>{inside}</tbody>
          </table>
        </div>
      )
    case 'tableRow':
      return <tr {...proposed}>{inside}</tr>
    case 'tableHeader':
      return <th {...proposed}>{inside}</th>
    case 'tableCell':
      return <td {...proposed}>{inside}</td>
    default:
      return inside
  }
}

function Letters({ node }: { readonly node: RichNode }): ReactNode {
  const { t } = useTranslation('standards')
  let shown: ReactNode = node.text ?? ''
  for (const mark of node.marks ?? []) {
    const { type } = mark
    const breaks = breakOf(mark)
    if (type === 'bold') shown = <strong>{shown}</strong>
    else if (type === 'italic') shown = <em>{shown}</em>
    else if (breaks === 'join')
      shown = (
        <del className={classes.deleted} title={t('suggest.join')}>
          {shown}
        </del>
      )
    else if (type === 'insertion')
      shown = (
        <ins className={classes.inserted} title={t(breaks === 'split' ? 'suggest.split' : 'suggest.inserted')}>
          {shown}
        </ins>
      )
    else if (type === 'deletion')
      shown = (
        <del className={classes.deleted} title={t('suggest.deleted')}>
          {shown}
        </del>
      )
  }
  return shown
}
