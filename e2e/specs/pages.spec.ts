import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, phone, test } from '../app.ts'

/** Every page: its name, and where it is. A record page takes the id of the newest record of its table. */
const pages: [name: string, path: string][] = [
  ['dashboard', '/'],
  ['contacts', '/contacts'],
  ['contact', '/contacts/:contacts'],
  ['organizations', '/organizations'],
  ['organization', '/organizations/:organizations'],
  ['board', '/opportunities'],
  ['opportunity-list', '/opportunities?view=list'],
  ['opportunity', '/opportunities/:opportunities'],
  ['activities', '/activities'],
  ['imports', '/imports'],
  ['settings', '/settings'],
  ['not-found', '/no-such-page'],
]
const looks = [
  { name: 'desktop', width: 1440, height: 900, dark: false },
  { name: 'dark', width: 1440, height: 900, dark: true },
  { name: 'phone', ...phone, dark: false },
]

for (const [name, path] of pages) {
  for (const look of looks) {
    test(`${name}, ${look.name}: looks settled, is accessible, logs no error`, async ({ open, api }) => {
      let target = path
      for (const table of ['contacts', 'organizations', 'opportunities']) {
        if (!path.endsWith(`:${table}`)) continue
        const order = table === 'opportunities' ? 'amount' : 'created_at'
        const { data } = await api.from(table).select('id').is('deleted_at', null).order(order, { ascending: false }).limit(1).single()
        target = path.replace(`:${table}`, data?.id)
      }
      const page = await open('owner', { ...look, path: '/contacts' })
      const errors = listen(page)
      await page.goto(target)
      await settled(page)
      await page.screenshot({ path: `screenshots/${name}-${look.name}.png` })
      await accessible(page)
      expect(await overflow(page), 'the page is wider than the screen').toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
    })
  }
}

for (const look of looks) {
  test(`sign-in, ${look.name}: looks settled, is accessible`, async ({ browser, rapport }) => {
    const context = await browser.newContext({ viewport: look, colorScheme: look.dark ? 'dark' : 'light', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${rapport.url}/sign-in`)
    await settled(page)
    await page.screenshot({ path: `screenshots/sign-in-${look.name}.png` })
    await accessible(page)
    await context.close()
  })
}

// No request under way, no skeleton in sight, fonts and pictures there.
async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

function listen(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}
