import { expect, test } from '../app.ts'
import { judge, looks, stranger } from '../look.ts'
import { startRapport, type Rapport } from '../server/rapport.ts'

/** A server nobody has signed up on yet. */
let empty: Rapport
test.beforeAll(async () => {
  test.setTimeout(180_000)
  empty = await startRapport({ demo: false })
})
test.afterAll(() => empty?.stop())

for (const look of looks) {
  test(`the first page of an empty installation, ${look.name}: looks settled and is accessible`, async ({ browser }) => {
    const page = await stranger(browser, empty.url, look)
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Welcome to Rapport' })).toBeVisible()
    await judge(page, `first-run-${look.name}`)
    await page.getByRole('button', { name: 'Create workspace' }).click()
    await expect(page.getByRole('alert')).toHaveCount(4)
    await judge(page, `first-run-errors-${look.name}`)
    await page.context().close()
  })
}

test('the first account makes the workspace; after it the page signs people in', async ({ browser }) => {
  const page = await stranger(browser, empty.url, looks[0]!)
  await page.goto('/')
  await page.getByLabel('Workspace').fill('Acme Sales')
  await page.getByLabel('Your name').fill('Ann Lee')
  await page.getByLabel('Email').fill('ann@example.test')
  await page.getByLabel('Password').fill('correct horse')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await judge(page, 'first-run-home')
  expect(empty.psql(`select w.name, m.full_name, m.role from public.memberships m join public.workspaces w on w.id = m.workspace_id`)).toBe(
    'Acme Sales|Ann Lee|owner',
  )
  await page.context().close()

  const next = await stranger(browser, empty.url, looks[0]!)
  await next.goto('/')
  await expect(next.getByRole('heading', { name: 'Sign in to Rapport' })).toBeVisible()
  await next.context().close()
})
