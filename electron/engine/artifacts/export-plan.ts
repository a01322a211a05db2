import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { eventsOf } from '#shared/initiatives/calendar.ts'
import { readPlan, removedMilestones } from '#shared/initiatives/read-plan.ts'
import { sheetsOf } from '#shared/initiatives/sheets.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Register } from '#shared/living/register.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT, titleOf } from '../live/documents.ts'
import type { WorkbookSheet } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { fileName } from './export-forecast.ts'
import { nameOf, runtimeOf } from './forecast-screen.ts'

type Locale = 'en' | 'ar'
interface ExportedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

function openPlan(
  hub: Hub,
  artifact: string,
): {
  readonly runtime: ChannelRuntime
  readonly id: ArtifactId
  readonly title: Bilingual
  readonly registers: readonly Register[]
} {
  const { runtime, id, type } = runtimeOf(hub, artifact)
  if (type !== JointInitiativePlan.type) throw new Refused('artifacts', 'no-such-artifact')
  return { runtime, id, title: titleOf(runtime, id), registers: runtime.read(id, JOINT).registers() }
}

/** Milestones and gates of a plan as a calendar file; opening a later one updates what an earlier one made. */
export function exportCalendar(hub: Hub, artifact: string, locale: Locale): ExportedFile {
  const { id, title, registers } = openPlan(hub, artifact)
  const events = eventsOf(readPlan(registers), id, title, removedMilestones(registers))
  const { calendars, clock } = hub.context
  const bytes = calendars.write({ name: title[locale] || title.en, at: clock.now(), events })
  note(hub, id, title, 'plan-calendar-exported', events.length)
  return { name: fileName(title[locale]).replace(/\.xlsx$/, '.ics'), bytes }
}

/** A plan as a workbook, one sheet per part, in the reader's language. */
export async function exportPlan(hub: Hub, artifact: string, locale: Locale): Promise<ExportedFile> {
  const { runtime, id, title, registers } = openPlan(hub, artifact)
  const sheets = sheetsOf(readPlan(registers), locale, (company) => nameOf(runtime, company)[locale])
  const written = sheets.map(({ name, headers, rows }): WorkbookSheet => ({
    name: name[locale],
    rightToLeft: locale === 'ar',
    columns: headers.map((header) => ({ header: header[locale], width: 22 })),
    rows,
  }))
  const empty = {
    name: JointInitiativePlan.label[locale],
    rightToLeft: locale === 'ar',
    columns: [{ header: title[locale] }],
    rows: [],
  }
  const bytes = await hub.context.tables.writeWorkbook(written.length === 0 ? [empty] : written)
  note(hub, id, title, 'plan-exported', sheets.length)
  return { name: fileName(title[locale]), bytes }
}

function note(
  hub: Hub,
  id: ArtifactId,
  title: Bilingual,
  code: 'plan-exported' | 'plan-calendar-exported',
  items: number,
): void {
  hub.change(() => {
    record(hub.context, {
      kind: 'export',
      code,
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id, name: title.en },
      detail: { items },
    })
    return undefined
  })
  hub.context.changes.say('audit')
}
