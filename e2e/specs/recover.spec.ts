import { apiOf, expect, test } from '../app.ts'
import { accept, invite, pathOf, recover } from '../links.ts'
import { judge, looks, stranger } from '../look.ts'

const [desktop] = looks
const old = 'the-old-password'
const email = 'forgetful@example.test'
let link = ''

// A member of our own: a new password ends its sessions, and the demo users' are needed elsewhere.
test.beforeAll(async ({ rapport }) => {
  const api = await apiOf(rapport.url)
  const invited = await invite(api, rapport.url, { email, full_name: 'Fred Forgetful', role: 'member' })
  await accept(rapport.url, invited, old)
  link = pathOf(await recover(api, rapport.url, invited.membership.id))
})

for (const look of looks) {
  test(`a new password, ${look.name}: its page with and without errors looks settled and is accessible`, async ({ browser, rapport }) => {
    const page = await stranger(browser, rapport.url, look)
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
    await judge(page, `recover-${look.name}`)

    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('Use at least 8 characters.')
    await judge(page, `recover-errors-${look.name}`)
    await page.context().close()
  })
}

test('the old password is refused beside its field, a new one signs in and ends the old', async ({ browser, rapport }) => {
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto(link)
  await page.getByLabel('New password').fill(old)
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(page.getByRole('alert')).toContainText(/different/i)
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true')

  // The link works once, and yet the second try goes on from the first.
  await page.getByLabel('New password').fill('another-password')
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()

  await expect(apiOf(rapport.url, email, old)).rejects.toThrow(/Invalid login/)
  await apiOf(rapport.url, email, 'another-password')
  await page.context().close()
})

test('a link that was never made says so and opens nothing', async ({ browser, rapport }) => {
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto('/recover?token=never-made')
  await page.getByLabel('New password').fill('a-long-password')
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('Ask for a new one')
  await expect(page).toHaveURL(/recover/)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  await page.context().close()
})

test('a link that lost its token says so and leads to the sign-in', async ({ browser, rapport }) => {
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto('/recover')
  await expect(page.getByText('This link is not complete.')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in instead' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await page.context().close()
})
