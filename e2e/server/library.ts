/**
 * `rapport rest` over a library of every kind of column, key and function, in the cluster of a running server.
 *
 * In: the server's data directory. Out: clients of it as a librarian and as a visitor, a way to load it anew, a way to stop.
 */
import { PostgrestClient } from '@supabase/postgrest-js'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { clusterOf, psqlOf } from './psql.ts'
import { binary, repository } from './rapport.ts'

const secret = 'a secret that only this suite and its server know'
const startTimeoutMs = 60_000

type AnyDatabase = PostgrestClient extends PostgrestClient<infer Database> ? Database : never
/** The official client, told that it speaks with a server that knows all of the dialect. */
export type LibraryClient = PostgrestClient<AnyDatabase, { PostgrestVersion: '14' }>

export interface Library {
  url: string
  /** A client whose statements run as this role; nobody's without one. */
  as: (role?: 'librarian') => LibraryClient
  /** A raw request as a librarian. */
  raw: (path: string, init?: RequestInit) => Promise<Response>
  reload: () => void
  stop: () => void
}

/** Starts it and waits until it answers. */
export async function startLibrary(dataDir: string): Promise<Library> {
  const psql = psqlOf(dataDir)
  const reload = () => void psql(readFileSync(join(repository, 'e2e/python/library.sql'), 'utf8'))
  reload()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = {
    PGRST_DB_URI: `postgresql://rapport@/rapport?host=${clusterOf(dataDir).host}`,
    PGRST_DB_SCHEMAS: 'library',
    PGRST_DB_ANON_ROLE: 'visitor',
    PGRST_DB_TX_END: 'commit-allow-override',
    PGRST_DB_AGGREGATES_ENABLED: 'true',
    PGRST_DB_PLAN_ENABLED: 'true',
    PGRST_JWT_SECRET: secret,
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_SERVER_PORT: String(port),
  }
  const child = spawn(binary, ['rest'], { env: { ...process.env, ...settings }, stdio: 'ignore' })
  const deadline = Date.now() + startTimeoutMs
  while (!(await fetch(`${url}/authors`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('rapport rest did not start')
    await new Promise((wake) => setTimeout(wake, 50))
  }
  const headers = { Authorization: `Bearer ${token('librarian')}` }
  return {
    url,
    as: (role) => new PostgrestClient<AnyDatabase, { PostgrestVersion: '14' }>(url, role ? { headers } : {}),
    raw: (path, init = {}) => fetch(url + path, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } }),
    reload,
    stop: () => void child.kill('SIGTERM'),
  }
}

function token(role: string): string {
  const part = (text: string) => Buffer.from(text).toString('base64url')
  const head = `${part('{"alg":"HS256","typ":"JWT"}')}.${part(JSON.stringify({ role }))}`
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
}
