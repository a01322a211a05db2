import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { reopened } from '#test/support/two-companies.ts'
import { acknowledge, step, stepped } from '../adversarial/steps.ts'
import { carryOut, turnOf } from './killed-work.ts'

/** Works on both profiles from a turn on until it is killed, acknowledging what the engines acknowledged. */
const [root = '', workspace = '', channel = '', artifact = '', from = '0'] = process.argv.slice(2)
const tools = { files: stepped(sqliteVaultFiles()) }
const two = await reopened(root, { workspace, channel }, { toolsA: tools, toolsB: tools })
acknowledge('open')
for (let number = Number(from); ; number++) {
  acknowledge(`begun ${number}`)
  step()
  await carryOut(two, artifact, turnOf(number))
  acknowledge(`done ${number}`)
  if (two.a.bugs.length + two.b.bugs.length > 0) throw new Error('an engine logged a bug', { cause: two.a.bugs[0] ?? two.b.bugs[0] }) // prettier-ignore
}
