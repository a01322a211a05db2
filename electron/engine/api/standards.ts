import { must } from '../edge.ts'
import { adoptVersion, checkFile, tellResult } from '../standards/conformance.ts'
import { exportStandard } from '../standards/export-standard.ts'
import { previewRelease, releaseVersion } from '../standards/release.ts'
import { standardView } from '../standards/standing.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function standardAreas({ standards }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const uploaded = (upload: string) => engine.desk.transfers.uploaded(upload)
  return {
    standards: {
      open: standards.open.handler(({ input }) => standardView(hub(), input.artifact)),
      preview: standards.preview.handler(({ input }) => previewRelease(hub(), input.artifact, input.version)),
      release: standards.release.handler(({ input }) => releaseVersion(hub(), input)),
      adopt: standards.adopt.handler(({ input }) => adoptVersion(hub(), input.artifact, input.version, input.status)),
      check: standards.check.handler(({ input }) => checkFile(hub(), input, uploaded(input.upload))),
      tell: standards.tell.handler(({ input }) =>
        tellResult(hub(), input, input.upload === null ? null : uploaded(input.upload)),
      ),
      readDocument: standards.readDocument.handler(async ({ input }) =>
        must(await hub().context.standardFiles.readDocument(uploaded(input.upload)), 'standards'),
      ),
      export: standards.export.handler(async ({ input }) => {
        const { name, bytes } = await exportStandard(hub(), input)
        return engine.desk.transfers.offer(name, bytes)
      }),
    },
  }
}
