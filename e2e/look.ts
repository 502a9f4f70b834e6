/**
 * How a page is looked at: in which sizes and themes, and what every look asks of it.
 *
 * In: a page that shows what is to be judged. Out: a screenshot, or a failed expectation.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { expect, phone } from './app.ts'

export interface Look {
  name: string
  width: number
  height: number
  dark: boolean
}

export const looks: readonly Look[] = [
  { name: 'desktop', width: 1440, height: 900, dark: false },
  { name: 'dark', width: 1440, height: 900, dark: true },
  { name: 'phone', ...phone, dark: false },
]

/** A page of somebody who has never been here: no session, nothing stored. */
export async function stranger(browser: Browser, baseURL: string, look: Look): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: look,
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

/** Takes the page's picture, and refuses a serious accessibility violation and a page wider than its screen. */
export async function judge(page: Page, name: string) {
  await settled(page)
  await page.screenshot({ path: `screenshots/${name}.png` })
  await accessible(page)
  expect(await overflow(page), 'the page is wider than the screen').toBeLessThanOrEqual(0)
}

/** No request under way, no skeleton in sight, fonts and pictures there. */
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

/** What the page complains about from now on. */
export function listen(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
