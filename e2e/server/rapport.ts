/**
 * Starts the real binary with a database of its own, and stops it again.
 *
 * In: options of `rapport serve`; the binary at RAPPORT_BIN (default: target/debug/rapport).
 * Out: where it listens, its data directory, its database through psql, and a way to stop it.
 * Invariant: nothing survives `stop()`: no process, no directory.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from './free-port.ts'
import { psqlOf, type Psql } from './psql.ts'

export const repository = resolve(import.meta.dirname, '../..')
export const binary = process.env.RAPPORT_BIN ?? join(repository, 'target/debug/rapport')
export const sampleFolder = resolve(repository, '../shared/data/crm-sales-opportunities')
export const password = process.env.RAPPORT_DEMO_PASSWORD ?? 'rapport-demo'

const startTimeoutMs = 120_000
const stopTimeoutMs = 20_000

export interface Rapport {
  url: string
  dataDir: string
  psql: Psql
  /** Runs another command of the binary on the same data directory. */
  run: (...args: string[]) => { code: number | null; stdout: string; stderr: string }
  log: () => string
  stop: () => Promise<void>
}

/** Starts a server with demo data on a free port and waits until it is ready. */
export async function startRapport(options: { demo?: boolean; args?: string[] } = {}): Promise<Rapport> {
  if (!existsSync(binary)) throw new Error(`no binary at ${binary}: cargo build --bin rapport, or set RAPPORT_BIN`)
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-e2e-'))
  await chmod(dataDir, 0o755) // Started as root, the database runs as somebody else.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = ['serve', '--listen', `127.0.0.1:${port}`, '--data-dir', dataDir, ...(options.args ?? [])]
  args.push('--sign-in-attempts', '100000') // A suite signs in more often than people do.
  if (options.demo !== false) args.push('--demo')

  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stdout.on('data', (chunk) => (log += chunk))
  child.stderr.on('data', (chunk) => (log += chunk))

  const stop = async () => {
    await stopChild(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await ready(url, child)
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : error}\n${log.slice(-4000)}`)
  }
  return {
    url,
    dataDir,
    psql: psqlOf(dataDir),
    run: (...more) => {
      const done = spawnSync(binary, more, { encoding: 'utf8' })
      return { code: done.status, stdout: done.stdout, stderr: done.stderr }
    },
    log: () => log,
    stop,
  }
}

async function ready(url: string, child: ChildProcess) {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`rapport ended with ${child.exitCode} before it was ready`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error(`rapport was not ready after ${startTimeoutMs} ms`)
}

async function stopChild(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((wake) => child.once('exit', wake))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended
  clearTimeout(late)
}
