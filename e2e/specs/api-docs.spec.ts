import { expect, phone, test } from '../app.ts'
import { judge, looks } from '../look.ts'

for (const look of looks) {
  test(`a table of the API, ${look.name}: looks settled, is accessible`, async ({ open }) => {
    const page = await open('owner', { ...look, path: '/api-docs?of=opportunities' })
    await expect(page.getByRole('heading', { name: 'opportunities' })).toBeVisible()
    await judge(page, `api-table-${look.name}`)
  })
}

test('the API page shows every table with what may be done and copies a request with the reader’s address', async ({ open, rapport }) => {
  const page = await open('owner', { path: '/settings' })
  await page.getByRole('link', { name: 'API' }).click()
  await expect(page.getByText('Your data by HTTP')).toBeVisible()
  await expect(page.getByTestId('api-resource').filter({ hasText: /^contacts/ })).toBeVisible()

  await page.getByLabel('Search tables and columns').fill('mail address')
  await page.getByTestId('api-resource').filter({ hasText: /^contacts/ }).click()
  const contacts = page.getByRole('article', { name: 'contacts' })
  await expect(contacts.getByText('The main mail address; no other contact has the same.')).toBeVisible()
  await expect(contacts.getByText('PATCH', { exact: true })).toBeVisible()
  await expect(contacts.locator('pre').first()).toContainText(`curl '${rapport.url}/rest/v1/contacts?select=`)

  await page.getByRole('radio', { name: 'JavaScript' }).click()
  await expect(contacts.locator('pre').first()).toContainText("rapport.from('contacts').select(")
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await contacts.getByRole('button', { name: 'Copy: Read' }).click()
  await expect(contacts.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("rapport.from('contacts').select(")

  await contacts.getByRole('link', { name: 'organizations' }).click()
  await expect(page.getByRole('article', { name: 'organizations' })).toBeVisible()
})

test('a search without hits and a table that is not there say so', async ({ open }) => {
  const page = await open('owner', { path: '/api-docs?of=no_such_table' })
  await expect(page.getByRole('heading', { name: 'No such table' })).toBeVisible()
  await page.getByLabel('Search tables and columns').fill('zzz')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
})

test('a viewer is shown reading only', async ({ open }) => {
  const page = await open('viewer', { path: '/api-docs?of=contacts' })
  const contacts = page.getByRole('article', { name: 'contacts' })
  await expect(contacts.getByText('GET', { exact: true })).toBeVisible()
  await expect(contacts.getByText('POST', { exact: true })).toHaveCount(0)
})

test('on a phone the list leads to a table and back', async ({ open }) => {
  const page = await open('owner', { ...phone, path: '/api-docs' })
  await page.getByTestId('api-resource').filter({ hasText: /^contacts/ }).click()
  await expect(page.getByRole('article', { name: 'contacts' })).toBeVisible()
  await page.getByRole('link', { name: 'All tables' }).click()
  await expect(page.getByTestId('api-resource').first()).toBeVisible()
})

test('when the description cannot be loaded, the page says so and tries again', async ({ open }) => {
  const page = await open('owner', { path: '/contacts' })
  await page.route('**/rest/v1/', (route) => route.fulfill({ status: 500, json: { message: 'broken' } }))
  await page.goto('/api-docs')
  await expect(page.getByRole('alert')).toContainText('This could not be loaded')
  await page.unroute('**/rest/v1/')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('api-resource').first()).toBeVisible()
})
