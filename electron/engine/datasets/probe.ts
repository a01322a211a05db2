import type { TableChoice, TableFile, Tables } from '#engine/ports.ts'
import { proposeColumns } from '#shared/intake/columns.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { ImportColumn, ImportProbe } from '#shared/projection/data-views.ts'
import { type ImportRefusal, refuseImport } from './plan.ts'

const SHOWN = 50

/** Looks into a file and proposes how to read it. Nothing is stored. */
export async function probeImport(
  tables: Tables,
  file: TableFile,
  choice: TableChoice,
): Promise<Result<ImportProbe, ImportRefusal>> {
  const probed = await tables.probe(file, choice)
  if (!probed.ok) return refuseImport(probed.refusal)
  const { headers, sample, format, encoding, delimiter, sheets, sheet, headerRow } = probed.value
  const proposal = proposeColumns(headers, sample)
  const columns = proposal.columns.map(({ header, name, type, meaning, dataClass, decimalMark, dateOrder, questions }): ImportColumn => ({
    header, name, type, meaning, dataClass, ambiguous: questions.length > 0,
    ...(type === 'date' ? { dateOrder } : {}),
    ...(type === 'integer' || type === 'decimal' ? { decimalMark } : {}),
  })) // prettier-ignore
  return ok({
    format, sheets, headerRow, columns, sample: sample.slice(0, SHOWN),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(proposal.cancellation === undefined ? {} : { cancellation: proposal.cancellation }),
  }) // prettier-ignore
}
