import { expect, signIn, test } from '../app.ts'

test('a demo user signs in and sees the app', async ({ page }) => {
  await signIn(page, 'owner')
  await expect(page).not.toHaveURL(/sign-in/)
})

test('a wrong password is answered beside the form, and the password may be tried again', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel(/email/i).fill('owner@rapport.test')
  await page.getByLabel(/password/i).first().fill('not-the-password')
  await page.getByRole('button', { name: /sign in/i }).click()
  await expect(page.getByRole('alert')).toContainText(/invalid|wrong|not right|do not match/i)
  await expect(page).toHaveURL(/sign-in/)
})

test('a page asked for without a session is shown after signing in', async ({ page, rapport }) => {
  await page.goto(`${rapport.url}/contacts`)
  await expect(page).toHaveURL(/sign-in/)
  await page.getByLabel(/email/i).fill('seller@rapport.test')
  await page.getByLabel(/password/i).first().fill(process.env.RAPPORT_DEMO_PASSWORD ?? 'rapport-demo')
  await page.getByRole('button', { name: /sign in/i }).click()
  await expect(page).toHaveURL(/\/contacts/)
})
