import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import type { Checked, CheckRefusal, FileTest, TableFile } from '#engine/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { Findings, type CheckOutcome } from '#shared/standards/check-outcome.ts'
import { readJsonSchema } from '#shared/standards/json-schema.ts'
import { readTableRules, TableCheck } from '#shared/standards/table-rules.ts'
import { isWorkbook } from './container.ts'
import { sha256 } from './digest.ts'

/** Runs one test on one file, on the worker's thread: schemas and patterns are a partner's, and its deadline ends them. */
export async function checkFile(test: FileTest, file: TableFile): Promise<Result<Checked, CheckRefusal>> {
  const outcome =
    test.method === 'json-schema' ? checkJson(test.input, file.bytes) : await checkTable(test.input, file.bytes)
  return outcome.ok ? ok({ ...outcome.value, sha256: sha256(file.bytes) }) : outcome
}

/** Words of a schema that only pass on what the schemas inside them found. */
const PASSING_ON = new Set(['properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems', 'allOf', '$ref', 'then', 'else',
  'if', 'dependentSchemas', 'unevaluatedProperties', 'unevaluatedItems']) // prettier-ignore

/**
 * The validator interprets the schema and never makes code of it: what a partner wrote must not become a program in the
 * process that holds the keys.
 */
function checkJson(input: string, bytes: Uint8Array): Result<CheckOutcome, CheckRefusal> {
  const schema = readJsonSchema(input)
  if (!schema.ok) return schema
  const findings = new Findings()
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    findings.add('', '', 'not-json')
    return ok(findings.outcome())
  }
  let valid: boolean
  let errors: OutputUnit[]
  try {
    ;({ valid, errors } = new Validator(schema.value as Schema | boolean, '2020-12', false).validate(value))
  } catch {
    // A schema that runs in circles, or a file too deep to walk: nobody can say that it conforms.
    return refuse('schema-too-large')
  }
  if (valid) return ok(findings.outcome())
  const own = errors.filter(({ keyword }) => !PASSING_ON.has(keyword))
  for (const { instanceLocation, keyword } of own.length > 0 ? own : errors)
    findings.add(instanceLocation, keyword, 'schema', valueAt(value, instanceLocation))
  return ok(findings.outcome())
}

/** What stands where a finding points (a JSON pointer behind `#`). */
function valueAt(value: unknown, pointer: string): unknown {
  let found: unknown = value
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    found = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>)[name] : undefined
  }
  return found
}

async function checkTable(input: string, bytes: Uint8Array): Promise<Result<CheckOutcome, CheckRefusal>> {
  const rules = readTableRules(input)
  if (!rules.ok) return rules
  const { probe, read } = await readers(bytes)
  const probed = await probe(bytes, {})
  const unreadable = (): Result<CheckOutcome, CheckRefusal> => {
    const findings = new Findings()
    findings.add('', '', 'unreadable-line')
    return ok(findings.outcome())
  }
  if (!probed.ok) return probed.refusal === 'too-large' ? refuse('file-too-large') : unreadable()
  const { encoding, delimiter, sheet, headerRow, headers } = probed.value
  const choice = {
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(sheet !== undefined && { sheet }),
    headerRow,
  }
  const check = new TableCheck(rules.value, headers)
  for await (const batch of read(bytes, choice)) {
    if (!batch.ok) return batch.refusal === 'too-large' ? refuse('file-too-large') : unreadable()
    for (const { line } of batch.value.malformed) check.unreadable(line)
    for (const { line, cells } of batch.value.rows) check.row(line, cells)
  }
  return ok(check.end())
}

async function readers(bytes: Uint8Array) {
  if (!isWorkbook(bytes)) {
    const { probeCsv, readCsv } = await import('./csv.ts')
    return { probe: probeCsv, read: readCsv }
  }
  const { probeXlsx, readXlsx } = await import('./xlsx.ts')
  return { probe: probeXlsx, read: readXlsx }
}
