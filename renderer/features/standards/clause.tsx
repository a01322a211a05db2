import { ActionIcon, Badge, Button, Group, Menu, Paper, Stack, Text, Title, Tooltip } from '@mantine/core'
import {
  IconArrowDown, IconArrowUp, IconDots, IconIndentDecrease, IconIndentIncrease, IconMessage, IconPencil, IconFileMinus, IconTrash, IconUser,
} from '@tabler/icons-react' // prettier-ignore
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contradictions, isProposed, suggestionsIn } from '#shared/standards/compose-content.ts'
import { generateKeyBetween } from 'fractional-indexing'
import { MergedMark } from '#ui/app/merged-mark.tsx'
import { DisputedRemoval } from '#ui/app/disputed-removal.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import { ClauseEditor } from './clause-editor.tsx'
import { ClauseProposal } from './clause-proposal.tsx'
import classes from './clauses.module.css'
import type { Languages } from './clauses.tsx'
import { Comments, openComments } from './comments.tsx'
import { definitionOf, useDesk, type Row } from './desk.tsx'
import { RichView } from './rich-view.tsx'

interface ClauseProps {
  readonly row: Row<'clauses'>
  readonly at: number
  /** Empty for a clause that is only suggested. */
  readonly number: string
  readonly languages: Languages
  readonly editing: boolean
  readonly onEdit: (open: boolean) => void
}

/** One clause: its number now, its permanent anchor behind it, its text, what stands open about it. */
export function Clause(props: ClauseProps) {
  const { row, number, languages, editing, onEdit } = props
  const { t } = useTranslation(['standards', 'common'])
  const { f, pick } = useLocale()
  const { live, artifact, mayWrite, draft, rows, clauseName } = useDesk()
  const [commenting, setCommenting] = useState(false)
  const [quote, setQuote] = useState('')
  const { values } = row
  const shown = (['en', 'ar'] as const).filter((language) => languages === 'both' || languages === language)
  const suggestions = suggestionsIn(draft, row.id)
  const comments = openComments(rows('comments'), row.id)
  const here = live.others.filter(({ where }) => where === `clauses/${row.id}`)
  const heading = pick({ en: values.headingEn ?? '', ar: values.headingAr ?? '' }) || t('clause.unnamed')
  return (
    <Paper
      component="section"
      withBorder
      className={classes['clause'] ?? ''}
      id={`clause-${row.id}`}
      tabIndex={-1}
      aria-label={number === '' ? heading : `${f.digits(number)} ${heading}`}
      data-proposed={isProposed(values) ? values.proposed : undefined}
    >
      <Stack gap="sm">
        <DisputedRemoval
          live={live}
          artifact={artifact}
          set="clauses"
          record={row.id}
          name={clauseName(row.id)}
          removal={row.removal}
        />
        <ClauseProposal row={row} />
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div className={classes['both']} style={{ flex: 1, minWidth: 0 }}>
            {shown.map((language) => (
              <Group
                key={language}
                gap={8}
                wrap="nowrap"
                align="baseline"
                dir={language === 'ar' ? 'rtl' : 'ltr'}
                lang={language}
              >
                {number === '' ? null : (
                  <span className={classes['number']}>
                    <bdi>{f.digits(number)}</bdi>
                  </span>
                )}
                <Title order={3} fz="lg">
                  {language === 'ar' ? values.headingAr : values.headingEn}
                </Title>
              </Group>
            ))}
          </div>
          <Group gap={4} wrap="nowrap">
            <Tooltip label={t('comment.action')}>
              <ActionIcon
                variant={comments > 0 ? 'light' : 'subtle'}
                color={comments > 0 ? 'amber' : 'gray'}
                size="lg"
                aria-label={t('comment.open', { count: comments, clause: clauseName(row.id) })}
                aria-expanded={commenting}
                // The words that are marked when the button is pressed are what the comment is about.
                onMouseDown={() => setQuote(selectedIn(row.id))}
                onClick={() => setCommenting(!commenting)}
              >
                <IconMessage size={18} />
              </ActionIcon>
            </Tooltip>
            {mayWrite ? (
              <>
                <Button
                  size="compact-sm"
                  variant={editing ? 'filled' : 'default'}
                  leftSection={<IconPencil size={15} aria-hidden="true" />}
                  aria-label={t(editing ? 'clause.doneOf' : 'clause.editOf', { clause: clauseName(row.id) })}
                  onClick={() => onEdit(!editing)}
                >
                  {editing ? t('common:done') : t('common:edit')}
                </Button>
                <MoveMenu {...props} />
              </>
            ) : null}
          </Group>
        </Group>
        <Signs
          row={row}
          suggestions={suggestions}
          here={here.map(({ who }) => (who ? pick(who.person.name) : t('suggest.otherWindow')))}
        />
        {shown.map((language) => (
          <MergedMark
            key={language}
            live={live}
            artifact={artifact}
            set="clauses"
            record={row.id}
            field={language === 'ar' ? 'textAr' : 'textEn'}
          />
        ))}
        {editing ? (
          <ClauseEditor key={live.client} row={row} languages={languages} />
        ) : (
          <div className={classes['both']}>
            {shown.map((language) => {
              const tree = draft.text('clauses', row.id, language === 'ar' ? 'textAr' : 'textEn')
              const written =
                (tree.content ?? []).length > 0 || (language === 'ar' ? values.headingAr : values.headingEn)
              return written ? (
                <RichView key={language} language={language} tree={tree} />
              ) : (
                <Text key={language} fz="sm" c="dimmed">
                  {t(`clause.missing.${language}`)}
                </Text>
              )
            })}
          </div>
        )}
        {commenting ? <Comments clause={row.id} quote={quote} /> : null}
      </Stack>
    </Paper>
  )
}

/** What is selected on the screen, as far as it lies within the clause. */
function selectedIn(clause: string): string {
  const selection = document.getSelection()
  const element = document.getElementById(`clause-${clause}`)
  if (!selection || !element || selection.isCollapsed || !element.contains(selection.anchorNode)) return ''
  return selection.toString().trim().slice(0, 400)
}

function Signs({
  row,
  suggestions,
  here,
}: {
  readonly row: Row<'clauses'>
  readonly suggestions: number
  readonly here: readonly string[]
}) {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const label = useLabel()
  const { clauseName } = useDesk()
  const { values } = row
  const open = contradictions(row)
  const nature = values.nature === 'guidance' ? label(definitionOf('clauses', 'nature')?.options?.['guidance']) : null
  const signs = [
    nature ? <Badge key="nature" variant="light" color="gray">{nature}</Badge> : null,
    values.deprecatedIn ? (
      <Badge key="deprecated" variant="light" color="red">
        {t('clause.deprecated', { version: f.digits(values.deprecatedIn) })}
      </Badge>
    ) : null,
    values.replacedBy ? (
      <Text key="replaced" fz="sm" c="dimmed">
        {t('clause.replacedBy', { clause: clauseName(values.replacedBy) })}
      </Text>
    ) : null,
    open > 0 ? <Badge key="conflicts" variant="light" color="amber">{t('clause.conflicts', { count: open })}</Badge> : null,
    suggestions > 0 ? <Badge key="suggestions" variant="light" color="leaf">{t('suggest.count', { count: suggestions })}</Badge> : null,
    here.length > 0 ? (
      <Badge key="here" variant="light" color="sand" leftSection={<IconUser size={12} aria-hidden="true" />}>
        {t('clause.here', { names: f.list([...here]) })}
      </Badge>
    ) : null,
  ].filter((sign) => sign !== null) // prettier-ignore
  return signs.length > 0 ? <Group gap="xs">{signs}</Group> : null
}

function MoveMenu({ row, at }: ClauseProps) {
  const { t } = useTranslation(['standards', 'common'])
  const { live, rows, clauseName } = useDesk()
  const clauses = rows('clauses')
  const level = row.values.level ?? 1
  const move = (by: -1 | 1): void => {
    const rest = clauses.filter(({ id }) => id !== row.id)
    const [before, after] = [rest[at + by - 1]?.values.order ?? null, rest[at + by]?.values.order ?? null]
    try {
      live.set('clauses', row.id, 'order', generateKeyBetween(before, after))
    } catch {
      // Two clauses stand in the same place, written apart: the moved one goes behind them both.
      live.set('clauses', row.id, 'order', generateKeyBetween(before, null))
    }
  }
  const item = (name: 'up' | 'down' | 'deeper' | 'higher', icon: typeof IconArrowUp, may: boolean, run: () => void) => {
    const Icon = icon
    return (
      <Menu.Item leftSection={<Icon size={16} aria-hidden="true" />} disabled={!may} onClick={run}>
        {t(`clause.${name}`)}
      </Menu.Item>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('clause.moreOf', { clause: clauseName(row.id) })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item('up', IconArrowUp, at > 0, () => move(-1))}
        {item('down', IconArrowDown, at < clauses.length - 1, () => move(1))}
        {item('deeper', IconIndentIncrease, level < 6 && at > 0, () => live.set('clauses', row.id, 'level', level + 1))}
        {item('higher', IconIndentDecrease, level > 1, () => live.set('clauses', row.id, 'level', level - 1))}
        <Menu.Divider />
        {isProposed(row.values) ? null : (
          <Menu.Item
            leftSection={<IconFileMinus size={16} aria-hidden="true" />}
            onClick={() => live.set('clauses', row.id, 'proposed', 'remove')}
          >
            {t('suggest.clause.propose')}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden="true" />}
          onClick={() => live.remove('clauses', row.id)}
        >
          {t('common:remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
