import type { DocumentRefusal, TableFile } from '#engine/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { placeImported, type ImportedStandard, type RawDocument } from '#shared/standards/imported.ts'
import { isWorkbook, olderContainer } from './container.ts'

/** Clauses of a standard that people still read; a document with more is no standard. */
const MOST_CLAUSES = 2_000
/** Bytes of text in all: the draft takes it in as one change, and a change fits into one entry. */
const MOST_BYTES = 400_000

/** A document as clauses with their numbers, or one refusal: nothing is half read. */
export async function readDocument({ bytes }: TableFile): Promise<Result<ImportedStandard, DocumentRefusal>> {
  const older = olderContainer(bytes)
  if (older !== undefined) return refuse(older === 'encrypted' ? 'document-encrypted' : 'document-legacy')
  const raw = isWorkbook(bytes) ? await docx(bytes) : await markdown(bytes)
  if (!raw.ok) return raw
  if (raw.value.clauses.length === 0) return refuse('document-without-clauses')
  if (raw.value.clauses.length > MOST_CLAUSES || Buffer.byteLength(JSON.stringify(raw.value)) > MOST_BYTES)
    return refuse('document-too-large')
  return ok(placeImported(raw.value))
}

async function docx(bytes: Uint8Array): Promise<Result<RawDocument, DocumentRefusal>> {
  const { readDocx } = await import('./read-docx.ts')
  return readDocx(bytes)
}

async function markdown(bytes: Uint8Array): Promise<Result<RawDocument, DocumentRefusal>> {
  const { readMarkdown } = await import('./read-markdown.ts')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('document-unreadable')
  }
  // A binary file may happen to be text of an encoding; it has letters that no document has.
  if (text.includes('\u0000')) return refuse('document-unreadable')
  try {
    return ok(readMarkdown(text))
  } catch {
    return refuse('document-unreadable')
  }
}
