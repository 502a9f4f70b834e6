/**
 * The test function of this suite: `mine` is a member of Demo, and after every test somebody of another workspace
 * asks for the same by HTTP, having listened on a socket all the while.
 */
import { inject, test as base } from 'vitest'
import { psqlOf, type Psql } from '../server/psql.ts'
import { overhear, type Overheard } from './overheard.ts'
import { apikey, clientOf, tokenOf, type Client } from './people.ts'
import { outsiderGetsNothing, recorder } from './tenancy.ts'

export { afterAll, beforeAll, describe, expect } from 'vitest'

export interface Raw {
  (path: string, init?: RequestInit): Promise<Response>
}

interface Fixtures {
  tape: ReturnType<typeof recorder>
  /** The official client of Demo's owner. */
  mine: Client
  /** The same person without the client: for headers and bodies it does not send. */
  raw: Raw
  psql: Psql
}

let ear: Promise<Overheard> | undefined

export const test = base.extend<Fixtures>({
  tape: [
    async ({}, use) => {
      ear ??= overhear()
      const listening = await ear
      const tape = recorder()
      await use(tape)
      await outsiderGetsNothing(tape.exchanges)
      listening.nothing()
    },
    { auto: true },
  ],
  mine: async ({ tape }, use) => use(await clientOf('owner', tape.through)),
  raw: async ({ tape }, use) => {
    const token = await tokenOf('owner')
    await use((path, init = {}) => {
      const headers = new Headers({ apikey, Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) })
      return tape.through(`${inject('rapport').url}${path}`, { ...init, headers })
    })
  },
  psql: async ({}, use) => use(psqlOf(inject('rapport').dataDir)),
})
