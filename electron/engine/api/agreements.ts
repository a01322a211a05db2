import { acceptClaim, disputeClaim, proposeClaim, withdrawClaim } from '../agreements/claims.ts'
import { freeze } from '../agreements/freeze.ts'
import { agreeTerm, agreementCalendar, giveNotice, stateObligation } from '../agreements/life.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { replaceAgreement } from '../agreements/replace.ts'
import { remind } from '../agreements/remind.ts'
import { positionOf, savePosition } from '../agreements/private-position.ts'
import { checkFile } from '../evidence/check-here.ts'
import { keepCertified } from '../evidence/keep-certified.ts'
import { makePack } from '../evidence/save-pack.ts'
import { certifiedPdf, signedFile, viewOf } from '../agreements/screen.ts'
import { decline, sign } from '../agreements/sign.ts'
import { saveTimestamping, timestampingView, tryTimestamping } from '../agreements/timestamping.ts'
import { Refused } from '../edge.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function agreementAreas({ agreements }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = (artifact: string) => {
    engine.changes.say('documents', 'audit', 'today')
    return viewOf(hub(), artifact)
  }
  return {
    agreements: {
      get: agreements.get.handler(({ input }) => viewOf(hub(), input.artifact)),
      freeze: agreements.freeze.handler(async ({ input }) => {
        await freeze(hub(), input.artifact, input.signDays)
        return changed(input.artifact)
      }),
      sign: agreements.sign.handler(async ({ input }) => {
        await sign(hub(), input.artifact, input.hash, input.withoutTimestamp)
        return changed(input.artifact)
      }),
      decline: agreements.decline.handler(({ input }) => {
        decline(hub(), input.artifact, input.hash, input.reason)
        return changed(input.artifact)
      }),
      remind: agreements.remind.handler(({ input }) => {
        remind(hub(), input.artifact, input.hash, input.signatory)
        return changed(input.artifact)
      }),
      file: agreements.file.handler(({ input }) => {
        const { name, bytes } = signedFile(hub(), input.artifact, input.hash)
        return engine.desk.transfers.offer(name, bytes)
      }),
      giveNotice: agreements.giveNotice.handler(({ input }) => {
        giveNotice(hub(), input.artifact, input.endsOn as IsoDate, input.reason)
        return changed(input.artifact)
      }),
      agreeTerm: agreements.agreeTerm.handler(({ input }) => {
        agreeTerm(hub(), input.artifact, input.until as IsoDate)
        return changed(input.artifact)
      }),
      stateObligation: agreements.stateObligation.handler(({ input }) => {
        stateObligation(hub(), input.artifact, input.obligation, input.done, input.evidence)
        return changed(input.artifact)
      }),
      proposeClaim: agreements.proposeClaim.handler(({ input }) => {
        proposeClaim(hub(), input.artifact, input.measured, input.note)
        return changed(input.artifact)
      }),
      acceptClaim: agreements.acceptClaim.handler(({ input }) => {
        acceptClaim(hub(), input.artifact, input.claim)
        return changed(input.artifact)
      }),
      disputeClaim: agreements.disputeClaim.handler(({ input }) => {
        const { artifact, claim, ...dispute } = input
        disputeClaim(hub(), artifact, claim, dispute)
        return changed(artifact)
      }),
      withdrawClaim: agreements.withdrawClaim.handler(({ input }) => {
        withdrawClaim(hub(), input.artifact, input.claim)
        return changed(input.artifact)
      }),
      replace: agreements.replace.handler(({ input }) => {
        const artifact = replaceAgreement(hub(), input.artifact, input.type, input.title)
        engine.changes.say('today')
        return { artifact }
      }),
      calendar: agreements.calendar.handler(({ input }) => {
        const { name, bytes } = agreementCalendar(hub(), input.artifact, input.locale)
        return engine.desk.transfers.offer(name, bytes)
      }),
      position: agreements.position.handler(({ input }) => positionOf(hub(), input.artifact)),
      savePosition: agreements.savePosition.handler(({ input }) => {
        const kept = savePosition(hub(), input.artifact, input.position)
        engine.changes.say('documents', 'audit')
        return kept
      }),
      addCertified: agreements.addCertified.handler(async ({ input }) => {
        const { bytes } = engine.desk.transfers.uploaded(input.upload)
        await keepCertified(hub(), input.artifact, input.hash, bytes)
        return changed(input.artifact)
      }),
      certifiedFile: agreements.certifiedFile.handler(({ input }) => {
        const { name, bytes } = certifiedPdf(hub(), input.artifact, input.hash)
        return engine.desk.transfers.offer(name, bytes)
      }),
      evidence: agreements.evidence.handler(({ input }) => {
        // A locked vault says so at once, and not in a job that nobody looks at.
        const open = hub()
        return {
          job: engine.desk.jobs.start('evidence', async (control) => {
            const made = await makePack(open, input.artifact, input.hash, { ...control, approvals: input.approvals })
            // Whoever stopped it knows; the job says that it was cancelled.
            if (!made) throw new Refused('agreements', 'stopped')
            engine.changes.say('audit')
            return engine.desk.transfers.offer(made.name, made.bytes).id
          }),
        }
      }),
      timestamping: agreements.timestamping.handler(() => timestampingView(hub())),
      saveTimestamping: agreements.saveTimestamping.handler(({ input }) => {
        const file = input.upload === null ? undefined : engine.desk.transfers.uploaded(input.upload).bytes
        saveTimestamping(hub(), input, file)
        engine.changes.say('documents', 'audit', 'company')
        return timestampingView(hub())
      }),
      tryTimestamping: agreements.tryTimestamping.handler(() => tryTimestamping(hub())),
      check: agreements.check.handler(({ input }) =>
        checkFile(hub(), engine.desk.transfers.uploaded(input.upload).bytes),
      ),
    },
  }
}
