/**
 * What a browser test starts from: a server of this worker's own with the demo workspace, and people signed in to it.
 *
 * In: nothing, or RAPPORT_URL to look at a server that runs already (then without psql).
 * Out: `rapport` (the server), `open` (a signed-in page in a browser of its own).
 * Invariant: people sign in through the page, once per worker; every later page of theirs starts from that session.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test'
import { password, startRapport, type Rapport } from './server/rapport.ts'

export { expect }
export type Person = 'owner' | 'manager' | 'seller' | 'viewer'

export interface OpenOptions {
  path?: string
  width?: number
  height?: number
  dark?: boolean
}

interface WorkerFixtures {
  rapport: Rapport
  sessions: Map<Person, BrowserContextOptions['storageState']>
}
interface TestFixtures {
  /** Opens the app as this person, in a browser context of its own. */
  open: (person: Person, options?: OpenOptions) => Promise<Page>
  /** The official client, signed in as Demo's owner: prepares records and looks at what the page has written. */
  api: SupabaseClient
}

export const phone = { width: 390, height: 844 }

export const test = base.extend<TestFixtures, WorkerFixtures>({
  rapport: [
    async ({}, use) => {
      const url = process.env.RAPPORT_URL
      const rapport = url ? running(url) : await startRapport()
      await use(rapport)
      await rapport.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],
  baseURL: async ({ rapport }, use) => use(rapport.url),

  api: async ({ rapport }, use) => use(await apiOf(rapport.url)),

  open: async ({ browser, rapport, sessions }, use) => {
    const close: (() => Promise<void>)[] = []
    await use(async (person, { path = '/', width = 1440, height = 900, dark = false } = {}) => {
      const context = await browser.newContext({
        baseURL: rapport.url,
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        storageState: sessions.get(person),
      })
      close.push(() => context.close())
      const page = await context.newPage()
      if (!sessions.has(person)) {
        await signIn(page, person)
        sessions.set(person, await context.storageState())
      }
      await page.goto(path)
      return page
    })
    for (const one of close) await one()
  },
})

/** Fills in the sign-in form and waits for the app behind it. */
export async function signIn(page: Page, person: Person, secret = password) {
  await page.goto('/sign-in')
  await page.getByLabel(/email/i).fill(`${person}@rapport.test`)
  await page.getByLabel(/password/i).first().fill(secret)
  await page.getByRole('button', { name: /sign in/i }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** An official client of this server with a session of its own. */
export async function apiOf(url: string, email = 'owner@rapport.test', secret = password): Promise<SupabaseClient> {
  const client = createClient(url, 'rapport', { auth: { persistSession: false, autoRefreshToken: false } })
  const { error } = await client.auth.signInWithPassword({ email, password: secret })
  if (error) throw new Error(`${email} cannot sign in: ${error.message}`)
  return client
}

function running(url: string): Rapport {
  const refuse = () => {
    throw new Error('this test needs a server of its own: unset RAPPORT_URL')
  }
  return { url, dataDir: '', psql: refuse, run: refuse, log: () => '', stop: async () => {} }
}
