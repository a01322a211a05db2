import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'

/**
 * A network of one machine: a loopback, and an ordinary interface with a default route that leads nowhere. Chromium gathers
 * no candidates without such an interface, and nothing said in here can leave the machine.
 *
 * It lives as long as its processes: its holder ends with its input, so a killed test leaves nothing behind.
 */
export interface PrivateNetwork {
  /** Starts a program inside. */
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess
  /** Pulls the cable, or puts it back. */
  setInterface(state: 'up' | 'down'): void
  close(): void
}

const ADDRESS = '10.213.7.1/24'
const ROUTER = '10.213.7.2'
const SETUP = [
  'ip link set lo up',
  'ip link add office type veth peer name outside',
  `ip addr add ${ADDRESS} dev office`,
  'ip link set outside up',
  'ip link set office up',
  `ip route add default via ${ROUTER}`,
  'echo ready',
  'exec cat',
].join(' && ')
/** Without root a user namespace gives the same, where the system allows it. */
const asRoot = process.getuid?.() === 0

/** @throws with what is missing: Linux, root or user namespaces, and the `ip` command of iproute2. */
export async function privateNetwork(): Promise<PrivateNetwork> {
  const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const holder = spawn('unshare', ['--net', ...(asRoot ? [] : ['--map-root-user']), 'sh', '-c', SETUP], {
    env: { ...process.env, PATH },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const complaints: Buffer[] = []
  holder.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  const ready = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'close').then(() => false),
    once(holder, 'error').then(() => false),
  ])
  if (!ready)
    throw new Error(
      `these tests need a network of their own: Linux, root (or user namespaces), unshare and ip (Debian: iproute2). ${Buffer.concat(complaints).toString().trim()}`,
    )
  const inside = [
    `--net=/proc/${holder.pid}/ns/net`,
    ...(asRoot ? [] : [`--user=/proc/${holder.pid}/ns/user`, '--preserve-credentials']),
  ]
  const ip = (...args: string[]) =>
    execFileSync('nsenter', [...inside, 'ip', ...args], { env: { ...process.env, PATH }, stdio: 'pipe' })
  return {
    spawn: (program, args, options) => spawn('nsenter', [...inside, program, ...args], options),
    setInterface(state) {
      ip('link', 'set', 'office', state)
      // Its address goes, too: a machine goes on talking to itself over the address of an interface that is down.
      ip('addr', state === 'up' ? 'add' : 'del', ADDRESS, 'dev', 'office')
      if (state === 'up') ip('route', 'replace', 'default', 'via', ROUTER)
    },
    close() {
      holder.stdin.end()
    },
  }
}
