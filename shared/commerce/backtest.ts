import type { BacktestRow, MethodId } from '#shared/artifacts/shared-forecast.v1.ts'
import type { History } from './history.ts'
import type { Method } from './method.ts'

const ORIGINS = 6
/** A method must forecast this share of the points that the best-covering one does, or it is left out of the choice. */
const COVERAGE = 0.9

/**
 * Rolling-origin evaluation (Tashman 2000; FPP3 §5.10): each of the last six months is forecast from the months before it alone, and the
 * errors are pooled into one WAPE per method over the points that all eligible methods have. The least wins, the first of equals.
 */
export function chooseMethod(
  history: History,
  methods: readonly Method[],
): { readonly chosen: MethodId | undefined; readonly rows: readonly BacktestRow[] } {
  const points: { readonly actual: number; readonly expected: readonly (number | null)[] }[] = []
  for (const { values } of history.series)
    for (let origin = Math.max(1, values.length - ORIGINS); origin < values.length; origin++) {
      const actual = values[origin] ?? null
      if (actual === null) continue
      const before = values.slice(0, origin)
      points.push({
        actual,
        expected: methods.map((method) => {
          const expected = method.fit(before)?.expect(1) ?? null
          return expected === null ? null : Math.max(0, expected)
        }),
      })
    }
  const counts = methods.map((_, at) => points.filter((point) => point.expected[at] !== null).length)
  const most = Math.max(0, ...counts)
  const eligible = methods.map((_, at) => most > 0 && (counts[at] ?? 0) >= most * COVERAGE)
  const common = points.filter((point) => methods.every((_, at) => !eligible[at] || point.expected[at] !== null))
  const actuals = common.reduce((sum, point) => sum + Math.abs(point.actual), 0)

  let chosen: MethodId | undefined
  let least = Number.POSITIVE_INFINITY
  const rows = methods.map((method, at): BacktestRow => {
    if (eligible[at] !== true || actuals === 0) return { method: method.id, wape: null, points: 0 }
    const errors = common.reduce((sum, point) => sum + Math.abs(point.actual - (point.expected[at] ?? 0)), 0)
    if (errors < least) [least, chosen] = [errors, method.id]
    return { method: method.id, wape: Math.round((errors / actuals) * 10_000) / 100, points: common.length }
  })
  return { chosen, rows }
}
