import { apiOf, expect, test } from '../app.ts'
import { accept, invite, pathOf } from '../links.ts'
import { judge, looks, stranger } from '../look.ts'

const [desktop] = looks

for (const look of looks) {
  test(`an invitation, ${look.name}: its page with and without errors looks settled and is accessible`, async ({ browser, rapport, api }) => {
    const { invite_url } = await invite(api, rapport.url, { email: `look-${look.name}@example.test`, full_name: 'Lou Look', role: 'member' })
    const page = await stranger(browser, rapport.url, look)
    await page.goto(pathOf(invite_url))
    await expect(page.getByRole('heading', { name: 'Join your team' })).toBeVisible()
    await judge(page, `invite-${look.name}`)

    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Join' }).click()
    await expect(page.getByRole('alert')).toHaveText('Use at least 8 characters.')
    await judge(page, `invite-errors-${look.name}`)
    await page.context().close()
  })
}

test('who is invited chooses a password, is let in as themselves, and signs in with it later', async ({ browser, rapport, api }) => {
  const email = 'ines@example.test'
  const { invite_url, membership } = await invite(api, rapport.url, { email, full_name: 'Ines Invited', role: 'member' })
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto(pathOf(invite_url))
  await page.getByLabel('Your name').fill('Ines Iversen')
  await page.getByLabel('Password').fill('a-long-password')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page).not.toHaveURL(/invite/)

  const { data } = await api.from('memberships').select('status,role,full_name').eq('id', membership.id).single()
  expect(data).toEqual({ status: 'active', role: 'member', full_name: 'Ines Iversen' })
  const later = await apiOf(rapport.url, email, 'a-long-password')
  expect((await later.from('contacts').select('id').limit(1)).data).toHaveLength(1)
  await page.context().close()
})

test('who is invited by name alone is asked for an address, without losing the invitation', async ({ browser, rapport, api }) => {
  const { invite_url } = await invite(api, rapport.url, { full_name: 'Nameless Nadia', role: 'viewer' })
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto(pathOf(invite_url))
  await page.getByLabel('Password').fill('a-long-password')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByLabel('Email')).toBeVisible()
  await expect(page.getByRole('alert')).toContainText(/address/)
  await judge(page, 'invite-address')

  await page.getByLabel('Email').fill('owner@rapport.test')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('alert')).toContainText(/address|registered|account/i)
  await expect(page).toHaveURL(/invite/)

  await page.getByLabel('Email').fill('nadia@example.test')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await apiOf(rapport.url, 'nadia@example.test', 'a-long-password')
  await page.context().close()
})

test('a link that was used, and one that was never made, say so and open nothing', async ({ browser, rapport, api }) => {
  const invited = await invite(api, rapport.url, { email: 'once@example.test', full_name: 'Only Once', role: 'member' })
  await accept(rapport.url, invited, 'somebody-elses')

  for (const path of [pathOf(invited.invite_url), '/invite?token=never-made']) {
    const page = await stranger(browser, rapport.url, desktop!)
    await page.goto(path)
    await page.getByLabel('Password').fill('a-long-password')
    await page.getByRole('button', { name: 'Join' }).click()
    await expect(page.getByRole('alert')).toContainText('Ask for a new one')
    await expect(page).toHaveURL(/invite/)
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await page.context().close()
  }
})

test('a link that lost its token says so and leads to the sign-in', async ({ browser, rapport }) => {
  const page = await stranger(browser, rapport.url, desktop!)
  await page.goto('/invite')
  await expect(page.getByText('This link is not complete.')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await page.getByRole('link', { name: 'I already have an account' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await page.context().close()
})
