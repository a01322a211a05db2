import { writeFileSync } from 'node:fs'
import { benchAgeing } from './ageing.ts'
import { benchAgreement } from './agreement.ts'
import { benchAudit } from './audit.ts'
import { benchCatchUp } from './catch-up.ts'
import { benchDirect } from './direct.ts'
import { benchDisclose } from './disclose.ts'
import { benchImport } from './import.ts'
import { benchKeystroke } from './keystroke.ts'
import { benchRekey } from './rekey.ts'
import type { BenchRow } from './row.ts'
import { benchVault } from './vault.ts'
import { benchWindow } from './window.ts'

/** Each measures its own ratio in one go, so that both sides meet the same machine in the same state. */
const BENCHES: Readonly<Record<string, () => readonly BenchRow[] | Promise<readonly BenchRow[]>>> = {
  vault: benchVault,
  audit: benchAudit,
  disclose: benchDisclose,
  'catch-up': benchCatchUp,
  keystroke: benchKeystroke,
  rekey: benchRekey,
  ageing: benchAgeing,
  import: benchImport,
  agreement: benchAgreement,
  direct: benchDirect,
  window: benchWindow,
}

const wanted = process.argv.slice(2)
const names = Object.keys(BENCHES).filter((name) => wanted.length === 0 || wanted.includes(name))
const rows: BenchRow[] = []
const failed: string[] = []
for (const name of names) {
  console.log(`${name} …`)
  try {
    for (const row of (await BENCHES[name]?.()) ?? []) {
      const kept = row.direction === 'at-most' ? row.ratio <= row.budget : row.ratio >= row.budget
      const mark = kept ? 'ok    ' : 'MISSED'
      console.log(`  ${mark} ${row.name}: ${row.ratio.toFixed(2)} (${row.direction} ${row.budget}) ${row.detail}`)
      rows.push(row)
    }
  } catch (error) {
    failed.push(name)
    console.error(`  could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}
writeFileSync(new URL('../../bench-results.json', import.meta.url), `${JSON.stringify({ rows }, null, 2)}\n`)
console.log(`bench-results.json: ${rows.length} rows`)
// A missed budget is a figure to explain; a bench that did not run is a defect.
if (failed.length > 0) process.exitCode = 1
