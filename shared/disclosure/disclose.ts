import type { Cell } from '#shared/artifacts/table.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { atOnce } from '#shared/kernel/steps.ts'
import { compileTransform, transformKeys } from '#shared/policy/apply.ts'
import type { Permit } from '#shared/policy/permit.ts'
import { wordsOf } from '#shared/policy/transform.ts'
import { layOut, type Body } from './aggregate.ts'
import type { Disclosure, DisclosureContext, DisclosureRefusal, HeldDisclosure } from './context.ts'
import { Cube } from './cube.ts'
import { layOutDetail, type DetailRow } from './detail.ts'
import { differences } from './differencing.ts'
import { intern, type Interned } from './intern.ts'
import type { DisclosureLedger } from './ledger.ts'
import { scanOutgoing } from './outgoing.ts'
import { groupSizes, type DisclosureReport } from './report.ts'
import { plainCell, plainText } from './plain.ts'
import { compileFilters } from './select.ts'
import { MOST_SLICE_ROWS, type HeldSlice, type Slice, type SliceColumn, type SliceContent } from './slice.ts'

const STEP = 4_096

/**
 * Turns rows of the vault into the slice that leaves: the only way to make a `Slice`. `rows` yields the permit's `scanColumns`
 * in their order and is read once. In this order, which is the security argument:
 *
 * 1. select: rows that a filter excludes are counted and forgotten;
 * 2. transform: every released value goes through its column's transform, once per distinct value;
 * 3. aggregate per cell and entity (or collect, for row detail that the policy justifies);
 * 4. suppress below k and whatever would give a suppressed cell away;
 * 5. scan what is left, the very values that would leave, for personal data;
 * 6. compare with what the same recipients already hold; what would isolate fewer than k entities is held for a person.
 *
 * Nothing is added to the content after step 5: columns, words and provenance come from the policy and the context alone.
 */
export function disclose(
  permit: Permit,
  rows: Iterable<readonly Cell[]>,
  context: DisclosureContext,
): Result<Disclosure, DisclosureRefusal> {
  return atOnce(discloseInSteps(permit, rows, context))
}

/** The same, yielding after every few thousand rows, so that a caller with other work can turn to it. */
export function* discloseInSteps(
  permit: Permit,
  rows: Iterable<readonly Cell[]>,
  context: DisclosureContext,
): Generator<undefined, Result<Disclosure, DisclosureRefusal>> {
  const { previous, revision, supersedes } = context
  const isFirst = revision === 1
  if (isFirst !== (supersedes === null) || isFirst !== (previous === null)) return refuse({ code: 'revision-out-of-order' }) // prettier-ignore
  if (previous !== null && (previous.policy !== permit.policy.id || previous.revision !== revision - 1)) {
    return refuse({ code: 'revision-out-of-order' })
  }

  const columns = releasedColumns(permit, context)
  const read = yield* readRows(permit, rows, columns)
  if (read.selected === 0) return refuse({ code: 'no-rows-selected' })
  const laid: Result<Body, string> =
    permit.policy.mode === 'detail'
      ? ok(layOutDetail(permit, context, read.detail, columns))
      : layOut(permit, context, read.cube, columns, read.entities)
  if (!laid.ok) return refuse({ code: 'number-out-of-range', column: laid.refusal })
  const body = laid.value
  if (body.rows.length > MOST_SLICE_ROWS) return refuse({ code: 'slice-too-large', rows: body.rows.length })

  const content = contentOf(permit, context, body)
  const { allowed, blocked } = scanOutgoing(permit, content)
  if (blocked.length > 0) return refuse({ code: 'personal-data-found', findings: blocked })
  const report: DisclosureReport = {
    rowsRead: read.read,
    rowsSelected: read.selected,
    rowsExcluded: read.read - read.selected,
    rowsWithheld: body.rowsWithheld,
    groupSizes: groupSizes(body.sizes, permit.policy.k),
    smallestShown: body.smallestShown,
    cells: body.cells,
    suppressed: body.missing,
    classChanges: permit.classChanges,
    findings: allowed,
    dominated: body.dominated,
  }
  if (body.cells.shown === 0) return refuse({ code: 'everything-suppressed', report })

  const { ledger } = body
  const rivals = [
    ...(previous === null ? [] : [previous]),
    ...context.others.filter((other) => overlaps(ledger, other)),
  ]
  const cells = rivals.flatMap((earlier) => differences(ledger, earlier))
  if (cells.length > 0) {
    return refuse({ code: 'revision-isolates', held: { slice: content as HeldSlice, report, ledger, cells } })
  }
  return ok({ slice: content as Slice, report, ledger })
}

/** A person has seen the held cells and lets the slice go. The caller records who, when and the reason in the audit. */
export function confirmHeld(held: HeldDisclosure): Disclosure {
  const content: SliceContent = held.slice
  return { slice: content as Slice, report: held.report, ledger: held.ledger }
}

/** Another policy's slice over the same data, in the hands of somebody who would also hold this one. */
function overlaps(ledger: DisclosureLedger, other: DisclosureLedger): boolean {
  return (
    other.dataset === ledger.dataset &&
    other.policy !== ledger.policy &&
    other.recipients.some((recipient) => ledger.recipients.includes(recipient)) &&
    other.roles.some((role) => ledger.roles.includes(role))
  )
}

function releasedColumns(permit: Permit, context: DisclosureContext): readonly Interned[] {
  const { crypto, secret, recipients } = context
  // Every combination of recipients has hashes of its own: whoever gets two slices cannot join them on a hash.
  const keys = transformKeys(crypto, secret, permit.policy.workspaceId, [...recipients].sort().join(' '))
  return permit.fields.map((field) => {
    const apply = compileTransform(field.transform, field.column, crypto, keys)
    return intern((cell) => plainCell(apply(cell), field.type))
  })
}

function* readRows(permit: Permit, rows: Iterable<readonly Cell[]>, columns: readonly Interned[]) {
  const passes = compileFilters(permit)
  const scans = permit.fields.map((field) => field.scan)
  const entities = intern((cell) => cell)
  const cube = new Cube(columns.length, permit.measures)
  const detail: DetailRow[] = []
  const isDetail = permit.policy.mode === 'detail'
  const ids = new Array<number>(columns.length).fill(0)
  let read = 0
  let selected = 0
  const take = (row: readonly Cell[]): void => {
    read++
    if (!passes(row)) return
    selected++
    for (let at = 0; at < scans.length; at++) ids[at] = columns[at]!.idOf(row[scans[at]!] ?? null)
    // A missing entity is nobody: it neither counts towards k nor hides among the others.
    const who = permit.entity === null ? null : (row[permit.entity] ?? null)
    const entity = who === null || who === '' ? -1 : entities.idOf(who)
    if (isDetail) detail.push({ ids: [...ids], entity })
    else cube.add(ids, entity, row)
  }
  for (const row of rows) {
    take(row)
    if (read % STEP === 0) yield
  }
  return { read, selected, cube, detail, entities }
}

function contentOf(permit: Permit, context: DisclosureContext, body: Body): SliceContent {
  const { policy } = permit
  const part = policy.mode === 'detail' ? 'detail' : 'group'
  const columns: SliceColumn[] = [
    ...permit.fields.map(
      ({ column, type, transform, to }): SliceColumn => ({ name: plainText(column, 200), type, part, transform: wordsOf(transform), dataClass: to }), // prettier-ignore
    ),
    ...permit.measures.map(
      ({ column, type, is, to }): SliceColumn => ({ name: plainText(column ?? is, 200), type, part: 'measure', transform: is, dataClass: to }), // prettier-ignore
    ),
  ]
  return {
    format: 'mithaq.slice.v1',
    owner: context.owner,
    policy: policy.id,
    policyVersion: policy.version,
    revision: context.revision,
    supersedes: context.supersedes,
    title: { en: plainText(context.title.en, 500), ar: plainText(context.title.ar, 500) },
    purpose: plainText(policy.purpose, 500),
    necessity: policy.mode === 'detail' ? plainText(policy.necessity ?? '', 500) : null,
    roles: policy.roles,
    k: policy.k,
    columns,
    rows: body.rows,
    suppressed: body.suppressed,
    totals: body.totals,
    provenance: {
      sourceSystem: plainText(context.source.system, 500),
      sourceTimestamp: context.source.timestamp,
      sourceVersion: plainText(context.source.version, 500),
      transformation: columns.map((column) => `${column.transform} ${column.name}`).join('; '),
    },
    asOf: context.asOf,
    currencyDays: policy.currencyDays,
    expiresOn: policy.expiresOn,
  }
}
