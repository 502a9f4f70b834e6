/**
 * SQL straight into a server's private database, past the product: what an administrator does with psql.
 *
 * In: the data directory of a running server, or RAPPORT_TEST_DATABASE_URL.
 * Out: the rows as lines of text.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Psql = (sql: string) => string

/** A psql that talks to the cluster below a data directory, as the user the cluster runs as. */
export function psqlOf(dataDir: string): Psql {
  return (sql) => {
    const { host, port, uid, gid } = clusterOf(dataDir)
    const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', host, '-p', port, '-d', 'rapport', '-c', sql]
    const asOwner = process.getuid?.() === 0 ? { uid, gid } : {}
    return execFileSync('psql', args, { encoding: 'utf8', env: { ...process.env, PGUSER: 'rapport' }, ...asOwner }).trim()
  }
}

/** Where a running server's cluster listens, and whom it runs as. */
export function clusterOf(dataDir: string) {
  const found = find(dataDir, 'postmaster.pid', 3)
  if (!found) throw new Error(`no running cluster below ${dataDir}`)
  // The fourth line is the port, the fifth the folder of the socket.
  const lines = readFileSync(found, 'utf8').split('\n')
  const { uid, gid } = statSync(found)
  return { port: lines[3] ?? '5432', host: lines[4] ?? '/tmp', uid, gid }
}

function find(folder: string, name: string, depth: number): string | undefined {
  const entries = readdirSync(folder, { withFileTypes: true })
  if (entries.some((entry) => entry.name === name)) return join(folder, name)
  if (depth === 0) return undefined
  for (const entry of entries) {
    const below = entry.isDirectory() && find(join(folder, entry.name), name, depth - 1)
    if (below) return below
  }
  return undefined
}
