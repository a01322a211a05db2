const started = Date.now()

export const say = (line) => process.stdout.write(`mithaq: ${line}\n`)
export const complain = (line) => process.stderr.write(`mithaq: ${line}\n`)

/** Says that something is still going on, so that a slow network does not look like a hang. */
export async function withHeartbeat(what, work) {
  const timer = setInterval(() => say(`${what} … ${Math.round((Date.now() - started) / 1000)} s`), 15_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

/** A failure that the person can act on: printed without a stack. */
export class Stop extends Error {}
