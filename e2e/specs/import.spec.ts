import { basename } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startRapport, type Rapport } from '../server/rapport.ts'
import { contentHash, expected, figures, sampleFiles } from '../server/sample.ts'

const workspace = 'Sample House'
let rapport: Rapport

test.beforeAll(async () => {
  rapport = await startRapport({ demo: false })
})
test.afterAll(() => rapport?.stop())

test('a new team makes its workspace, imports its old CRM’s export with the wizard, and takes it back', async ({ page }) => {
  test.setTimeout(180_000)
  await found(page)
  const before = contentHash(rapport.psql)

  await page.goto(`${rapport.url}/imports`)
  await page.getByTestId('import-file-input').setInputFiles(sampleFiles)
  await expect(page.getByTestId('import-page')).toHaveAttribute('data-step', 'check', { timeout: 30_000 })
  for (const file of sampleFiles) await expect(page.getByText(basename(file)).first()).toBeVisible()
  await expect(page.getByTestId('import-questions')).toHaveText('All answered')
  await page.screenshot({ path: 'screenshots/import-check-desktop.png' })

  await page.getByTestId('import-continue').click()
  await expect(page.getByTestId('import-page')).toHaveAttribute('data-step', 'options')
  await page.getByTestId('import-continue').click()
  await expect(page.getByTestId('import-review')).toBeVisible({ timeout: 60_000 })
  expect(contentHash(rapport.psql)).toBe(before)

  await page.getByTestId('import-run').click()
  await expect(page.getByTestId('import-done')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('import-count-opportunities-created')).toHaveText('8,800')
  await expect(page.getByTestId('import-count-organizations-created')).toHaveText('85')
  await page.screenshot({ path: 'screenshots/import-done-desktop.png' })
  expect(figures(rapport.psql, workspace)).toEqual({ ...expected, agents: 30 })

  await page.getByRole('link', { name: 'See the figures' }).click()
  await expect(page.getByTestId('figure-win_rate')).toContainText('4,238 won, 2,473 lost')
  await expect(page.getByTestId('figure-open')).toContainText('2,089 open')
  await expect(page.getByTestId('figure-won').locator('[title]').first()).toHaveAttribute('title', /10,005,534/)
  await page.screenshot({ path: 'screenshots/dashboard-sample-desktop.png' })

  await page.goBack()
  await page.getByTestId('import-undo').click()
  await page.getByTestId('import-undo-confirm').click()
  await expect(page.getByText('The import was undone')).toBeVisible({ timeout: 60_000 })
  expect(contentHash(rapport.psql)).toBe(before)
})

async function found(page: Page) {
  await page.goto(`${rapport.url}/sign-in`)
  await expect(page.getByRole('heading', { name: 'Welcome to Rapport' })).toBeVisible()
  await page.getByLabel('Workspace').fill(workspace)
  await page.getByLabel('Your name').fill('Ada Boss')
  await page.getByLabel('Email').fill('ada@example.test')
  await page.getByLabel('Password').fill('long-enough-1')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}
