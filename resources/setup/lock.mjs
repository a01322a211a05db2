import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { dirname } from 'node:path'
import { say } from './say.mjs'

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Holds `path` while `work` runs: two commands started at once must not install over each other. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let told = false; ; told = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(readFileSync(path, { encoding: 'utf8', flag: 'a+' }))
    if (!holder || !alive(holder)) {
      rmSync(path, { force: true })
      continue
    }
    if (!told) say('another mithaq command is setting up; waiting for it')
    await pause(300)
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}
