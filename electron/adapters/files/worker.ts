import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, type Task } from './protocol.ts'
import { isWorkbook } from './container.ts'

/** The entry of the worker thread: one task, handed over as `workerData`. Each task loads only the library that it needs. */
const port = parentPort
if (port === null) throw new Error('the files worker runs in a worker thread only')

const say = (answer: Answer): void => port.postMessage(answer)
const more = (): Promise<void> => new Promise((resolve) => port.once('message', () => resolve()))

async function run(task: Task): Promise<void> {
  if (task.kind === 'write') {
    const { writeWorkbook } = await import('./workbook.ts')
    return say({ kind: 'written', bytes: await writeWorkbook(task.sheets) })
  }
  if (task.kind === 'write-docx') {
    const { writeDocx } = await import('./write-docx.ts')
    return say({ kind: 'written', bytes: await writeDocx(task.content, task.language) })
  }
  if (task.kind === 'read-document') {
    const { readDocument } = await import('./read-document.ts')
    return say({ kind: 'document', result: await readDocument(task.file) })
  }
  if (task.kind === 'write-agreement') {
    const { writeAgreement } = await import('./write-agreement.ts')
    return say({ kind: 'written', bytes: await writeAgreement(task.draft) })
  }
  if (task.kind === 'read-agreement') {
    const { readAgreement } = await import('./read-agreement.ts')
    return say({ kind: 'agreement', result: await readAgreement(task.bytes) })
  }
  if (task.kind === 'check') {
    const { checkFile } = await import('./check-file.ts')
    return say({ kind: 'checked', result: await checkFile(task.test, task.file) })
  }
  const { bytes } = task.file
  const { probe, read } = isWorkbook(bytes) ? await workbook() : await delimited()
  if (task.kind === 'probe') return say({ kind: 'probed', result: await probe(bytes, task.choice) })
  for await (const result of read(bytes, task.choice)) {
    say({ kind: 'batch', result })
    await more()
  }
  say({ kind: 'end' })
}

async function workbook() {
  const { probeXlsx, readXlsx } = await import('./xlsx.ts')
  return { probe: probeXlsx, read: readXlsx }
}

async function delimited() {
  const { probeCsv, readCsv } = await import('./csv.ts')
  return { probe: probeCsv, read: readCsv }
}

await run(workerData as Task)
port.close()
