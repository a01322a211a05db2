import { dateOf } from '#shared/kernel/time.ts'
import type { CheckView, StandardView } from '#shared/projection/standard-views.ts'
import { composeContent } from '#shared/standards/compose-content.ts'
import { testHash, type TestContent } from '#shared/standards/content.ts'
import type { AdoptionStatus } from '#shared/standards/facts.ts'
import { must, Refused } from '../edge.ts'
import type { TableFile } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { draftOf, mustWrite, releasesIn, standardOf, standardView, type StandardPlace } from './standing.ts'
import { state } from './state.ts'

/** Says that this company plans, runs or no longer runs a released version, from today on. */
export function adoptVersion(hub: Hub, artifact: string, version: string, status: AdoptionStatus): StandardView {
  const place = standardOf(hub, artifact)
  mustWrite(hub, place)
  if (!releasesIn(place).frozen.some((each) => each.version === version))
    throw new Refused('standards', 'no-such-version')
  const on = dateOf(hub.context.clock.now())
  state(hub, place, 'standard-adopted', [{ type: 'standard-adopted', artifact: place.id, version, status, on }], {
    version,
    status,
  })
  return standardView(hub, artifact)
}

function testIn(place: StandardPlace, version: string | null, test: string): TestContent {
  const content =
    version === null
      ? composeContent(draftOf(place), null)
      : releasesIn(place).frozen.find((each) => each.version === version)?.content
  if (!content) throw new Refused('standards', 'no-such-version')
  const found = content.tests.find(({ id }) => id === test)
  if (!found) throw new Refused('standards', 'no-such-test')
  return found
}

/** Runs a test on a file of one's own. What it finds quotes the file and goes to the window alone. */
export async function checkFile(
  hub: Hub,
  order: { artifact: string; version: string | null; test: string },
  file: TableFile,
): Promise<CheckView> {
  const { method, input } = testIn(standardOf(hub, order.artifact), order.version, order.test)
  if (method === 'manual') throw new Refused('standards', 'test-by-hand')
  const checked = must(await hub.context.standardFiles.check({ method, input }, file), 'standards')
  return { ...checked, file: file.name }
}

/** Tells a result: of a file's test what the engine finds itself, of a test by hand what the person says. */
export async function tellResult(
  hub: Hub,
  order: { artifact: string; version: string; test: string; result: 'pass' | 'fail' | null; note: string },
  file: TableFile | null,
): Promise<StandardView> {
  const place = standardOf(hub, order.artifact)
  mustWrite(hub, place)
  const test = testIn(place, order.version, order.test)
  const { result, evidence } = await found(hub, test, order.result, file)
  const definition = testHash(place.runtime.crypto, test)
  state(
    hub,
    place,
    'standard-tested',
    [
      {
        type: 'standard-tested',
        artifact: place.id,
        version: order.version,
        test: order.test,
        definition,
        result,
        evidence,
        note: order.note,
      },
    ],
    { version: order.version, test: test.title.en, result },
  )
  return standardView(hub, order.artifact)
}

async function found(
  hub: Hub,
  { method, input }: TestContent,
  said: 'pass' | 'fail' | null,
  file: TableFile | null,
): Promise<{ readonly result: 'pass' | 'fail'; readonly evidence: string | null }> {
  const { standardFiles } = hub.context
  if (method === 'manual') {
    if (said === null) throw new Refused('standards', 'result-missing')
    return { result: said, evidence: file && standardFiles.sha256(file.bytes) }
  }
  if (file === null) throw new Refused('standards', 'file-missing')
  const { result, sha256 } = must(await standardFiles.check({ method, input }, file), 'standards')
  return { result, evidence: sha256 }
}
