import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Calendars } from '#engine/ports.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { addDays } from '#shared/kernel/time.ts'

const MINUTE = 60_000

/**
 * RFC 5545 by `ical-generator`. `SEQUENCE` has to grow from export to export, or calendars keep the older entry: it is the
 * minute of the export since 1970, which fits the 31 bits that calendars give it.
 */
export const icalCalendars: Calendars = {
  write({ name, at, events }) {
    const calendar = ical({ name, prodId: { company: 'Mithaq', product: 'Joint plan', language: 'EN' } })
    for (const { uid, day, summary, description, kind, status } of events) {
      calendar.createEvent({
        id: uid,
        start: day,
        // The end of a whole-day entry is the first day that it does not cover.
        end: addDays(day, 1),
        allDay: true,
        summary,
        description,
        sequence: Math.floor(at / MINUTE),
        stamp: new Date(at),
        lastModified: new Date(at),
        categories: [{ name: kind === 'gate' ? 'Gate' : 'Milestone' }],
        status: status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
        // A due date is no time in which a person is busy.
        transparency: ICalEventTransparency.TRANSPARENT,
      })
    }
    return utf8(`${calendar.toString()}\r\n`)
  },
}
