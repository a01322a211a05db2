import { Box, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '#shared/initiatives/days.ts'
import type { Milestone } from '#shared/initiatives/plan.ts'
import { finishOf } from '#shared/initiatives/schedule.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import {
  barOf,
  daysOver,
  linkPath,
  movedBy,
  scaleOf,
  ticksOf,
  widthOf,
  xOf,
  ZOOMS,
  type Scale,
  type Zoom,
} from './timeline-layout.ts'
import classes from './timeline.module.css'
import { useMilestoneWords } from './milestone-words.ts'

const ROW = 38
const HEAD = 34
const BAR = 18

interface Drag {
  readonly id: string
  readonly part: 'whole' | 'end'
  readonly from: number
  readonly days: number
}

/** Milestones over time: bars, what waits for what, gates as diamonds, today; moved by mouse and by keyboard. */
export function Timeline() {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const desk = useDesk()
  const { plan, schedule, today, mayWrite, live } = desk
  const words = useMilestoneWords()
  const [zoom, setZoom] = useState<Zoom>('month')
  const [drag, setDrag] = useState<Drag | null>(null)
  const [said, setSaid] = useState('')
  const scroll = useRef<HTMLDivElement>(null)
  const rtl = f.dir === 'rtl'
  const scale = useMemo(() => scaleOf(plan, today, zoom, rtl), [plan, today, zoom, rtl])
  const width = widthOf(scale)
  const shown = useMemo(
    () =>
      [...plan.milestones].sort((left, right) => {
        const [one, other] = [left, right].map((each) => each.start ?? finishOf(each) ?? '~')
        return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1
      }),
    [plan.milestones],
  )
  useEffect(() => {
    const box = scroll.current
    if (box === null) return
    const at = xOf(scale, today)
    const start = Math.max(0, (rtl ? width - at : at) - box.clientWidth / 3)
    box.scrollLeft = rtl ? -start : start
    // Only where the picture itself changes: a remote change must not take the person's place away.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [zoom, rtl])

  const preview = (milestone: Milestone): Milestone => {
    const moved = drag?.id === milestone.id ? movedBy(milestone, drag.days, drag.part) : undefined
    return moved ? { ...milestone, ...moved } : milestone
  }
  const write = (milestone: Milestone, days: number, part: 'whole' | 'end'): void => {
    const moved = movedBy(milestone, days, part)
    if (moved === undefined || days === 0 || !mayWrite) return
    live.setAll('milestones', milestone.id, {
      ...(part === 'whole' && moved.start !== null ? { start: moved.start } : {}),
      due: moved.due,
    })
    setSaid(words.dates({ ...milestone, ...moved }))
  }
  const onKey = (event: KeyboardEvent<SVGGElement>, milestone: Milestone): void => {
    const rows = [...(event.currentTarget.ownerSVGElement?.querySelectorAll<SVGGElement>('[data-bar]') ?? [])]
    const go = (to: number): void => rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus()
    const here = rows.indexOf(event.currentTarget)
    const later = rtl ? 'ArrowLeft' : 'ArrowRight'
    const step = event.ctrlKey || event.metaKey ? 7 : 1
    if (event.key === 'ArrowDown') go(here + 1)
    else if (event.key === 'ArrowUp') go(here - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      write(milestone, event.key === later ? step : -step, event.shiftKey ? 'end' : 'whole')
    else return
    event.preventDefault()
  }
  const grab = (event: PointerEvent<SVGElement>, milestone: Milestone, part: 'whole' | 'end'): void => {
    if (!mayWrite || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    event.stopPropagation()
    setDrag({ id: milestone.id, part, from: event.clientX, days: 0 })
  }
  const pull = (event: PointerEvent<SVGElement>): void => {
    if (drag) setDrag({ ...drag, days: daysOver(scale, event.clientX - drag.from) })
  }
  const drop = (milestone: Milestone): void => {
    if (drag) write(milestone, drag.days, drag.part)
    setDrag(null)
  }
  const height = HEAD + shown.length * ROW
  const rowOf = new Map(shown.map(({ id }, at) => [id, at]))
  if (shown.length === 0) return <Text c="dimmed">{t('milestones.empty')}</Text>
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.zoom')}
          value={zoom}
          onChange={(value) => setZoom(value as Zoom)}
          data={ZOOMS.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        />
        <Legend />
      </Group>
      {mayWrite ? (
        <Text fz="xs" c="dimmed" id="timeline-help">
          {t('timeline.help')}
        </Text>
      ) : null}
      <Paper p={0} className={classes.frame}>
        <Box className={classes.names} style={{ paddingBlockStart: HEAD }} aria-hidden="true">
          {shown.map((milestone) => (
            <Text
              key={milestone.id}
              fz="sm"
              className={classes.name}
              style={{ height: ROW }}
              title={words.title(milestone)}
            >
              <bdi>{words.title(milestone)}</bdi>
            </Text>
          ))}
        </Box>
        <div className={classes.scroll} ref={scroll} data-timeline>
          <svg
            className={classes.svg}
            width={width}
            height={height}
            role="group"
            aria-label={t('timeline.label')}
            {...(mayWrite ? { 'aria-describedby': 'timeline-help' } : {})}
          >
            <Grid scale={scale} height={height} />
            {shown.flatMap((milestone) =>
              (milestone.depends ?? []).flatMap((on) => {
                const first = plan.milestones.find(({ id }) => id === on)
                const [from, to] = [first && barOf(scale, preview(first)), barOf(scale, preview(milestone))]
                const [fromRow, toRow] = [rowOf.get(on), rowOf.get(milestone.id)]
                if (!from || !to || fromRow === undefined || toRow === undefined) return []
                const broken = schedule.problems.some(
                  (problem) =>
                    (problem.code === 'too-early' && problem.milestone === milestone.id && problem.on === on) ||
                    (problem.code === 'cycle' &&
                      problem.milestones.includes(on) &&
                      problem.milestones.includes(milestone.id)),
                )
                const critical = schedule.timed.get(on)?.critical && schedule.timed.get(milestone.id)?.critical
                return [
                  <path
                    key={`${on}>${milestone.id}`}
                    className={classes.link}
                    {...(broken ? { 'data-broken': true } : critical ? { 'data-critical': true } : {})}
                    d={linkPath({ x: from.end, y: middle(fromRow) }, { x: to.begin, y: middle(toRow) }, rtl)}
                  />,
                ]
              }),
            )}
            {shown.map((milestone, at) => {
              const drawn = preview(milestone)
              const bar = barOf(scale, drawn)
              const timed = schedule.timed.get(milestone.id)
              const y = middle(at)
              return (
                <g
                  key={milestone.id}
                  data-bar={milestone.id}
                  data-standing={timed?.standing}
                  {...(timed?.critical ? { 'data-critical': true } : {})}
                  className={classes.bar}
                  tabIndex={at === 0 ? 0 : -1}
                  {...(mayWrite && milestone.due !== null
                    ? {
                        role: 'slider',
                        'aria-valuemin': 0,
                        'aria-valuemax': scale.days,
                        'aria-valuenow': daysBetween(scale.from, milestone.due),
                        'aria-valuetext': words.dates(milestone),
                      }
                    : { role: 'img' })}
                  aria-label={words.described(milestone)}
                  onFocus={(event) => {
                    live.present(`milestones/${milestone.id}/due`)
                    event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
                  }}
                  onBlur={() => live.present(null)}
                  onKeyDown={(event) => onKey(event, milestone)}
                >
                  <rect className={classes.hit} x={0} y={y - ROW / 2} width={width} height={ROW} />
                  {bar === undefined ? null : milestone.gate === 'yes' ? (
                    <path
                      className={classes.shape}
                      d={diamond(bar.end + (rtl ? 1 : -1) * Math.min(bar.width / 2, 4), y)}
                      onPointerDown={(event) => grab(event, milestone, 'whole')}
                      onPointerMove={pull}
                      onPointerUp={() => drop(milestone)}
                      onPointerCancel={() => setDrag(null)}
                    />
                  ) : (
                    <>
                      <rect
                        className={classes.shape}
                        x={bar.x}
                        y={y - BAR / 2}
                        width={Math.max(bar.width, 5)}
                        height={BAR}
                        rx={4}
                        onPointerDown={(event) => grab(event, milestone, 'whole')}
                        onPointerMove={pull}
                        onPointerUp={() => drop(milestone)}
                        onPointerCancel={() => setDrag(null)}
                      />
                      {mayWrite && bar.width > 12 ? (
                        <rect
                          className={classes.edge}
                          x={(rtl ? bar.x : bar.x + bar.width) - 4}
                          y={y - BAR / 2}
                          width={8}
                          height={BAR}
                          onPointerDown={(event) => grab(event, milestone, 'end')}
                          onPointerMove={pull}
                          onPointerUp={() => drop(milestone)}
                          onPointerCancel={() => setDrag(null)}
                        />
                      ) : null}
                    </>
                  )}
                  {bar === undefined ? null : (
                    <text
                      className={classes.date}
                      x={bar.end + (rtl ? -8 : 8)}
                      y={y + 4}
                      textAnchor={rtl ? 'end' : 'start'}
                      direction="ltr"
                    >
                      {f.date(finishOf(drawn) ?? today)}
                    </text>
                  )}
                </g>
              )
            })}
            <Today x={xOf(scale, today)} height={height} label={t('timeline.today')} />
          </svg>
        </div>
      </Paper>
      <Text role="status" aria-live="polite" fz="sm" mih="1.4em">
        {said}
      </Text>
    </Stack>
  )
}

const middle = (row: number): number => HEAD + row * ROW + ROW / 2
const diamond = (x: number, y: number): string => `M${x} ${y - 10}L${x + 10} ${y}L${x} ${y + 10}L${x - 10} ${y}Z`

function Grid({ scale, height }: { readonly scale: Scale; readonly height: number }) {
  const { f } = useLocale()
  const ticks = ticksOf(scale)
  const room = Math.abs((ticks[1]?.x ?? 0) - (ticks[0]?.x ?? 0))
  return (
    <g aria-hidden="true">
      {ticks.map(({ month, x }) => (
        <g key={month}>
          <line className={classes.grid} x1={x} x2={x} y1={0} y2={height} />
          <text
            className={classes.month}
            x={x + (scale.rtl ? -6 : 6)}
            y={21}
            textAnchor={scale.rtl ? 'end' : 'start'}
            direction="ltr"
          >
            {room < 70 ? f.digits(month) : f.month(month)}
          </text>
        </g>
      ))}
      <line className={classes.grid} x1={0} x2={widthOf(scale)} y1={HEAD} y2={HEAD} />
    </g>
  )
}

function Today({ x, height, label }: { readonly x: number; readonly height: number; readonly label: string }) {
  return (
    <g aria-hidden="true">
      <line className={classes.today} x1={x} x2={x} y1={HEAD - 8} y2={height} />
      <title>{label}</title>
    </g>
  )
}

function Legend() {
  const { t } = useTranslation('plan')
  return (
    <Group gap="md" aria-hidden="true">
      {(['ahead', 'under-way', 'done', 'late', 'critical', 'gate', 'today'] as const).map((name) => (
        <Group key={name} gap={6} wrap="nowrap">
          <span className={classes.key} data-name={name} />
          <Text fz="xs">{t(`legend.${name}`)}</Text>
        </Group>
      ))}
    </Group>
  )
}
