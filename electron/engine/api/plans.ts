import { exportCalendar, exportPlan } from '../artifacts/export-plan.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function planAreas({ plans }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  return {
    plans: {
      calendar: plans.calendar.handler(({ input }) => {
        const { name, bytes } = exportCalendar(hub(), input.artifact, input.locale)
        return engine.desk.transfers.offer(name, bytes)
      }),
      workbook: plans.workbook.handler(async ({ input }) => {
        const { name, bytes } = await exportPlan(hub(), input.artifact, input.locale)
        return engine.desk.transfers.offer(name, bytes)
      }),
    },
  }
}
