import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'

/** Opens the palette with the keyboard, once there is a page that listens to it. */
async function openPalette(page: Page) {
  await expect(page.getByRole('button', { name: /^Search/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  return page.getByRole('combobox', { name: /search contacts/i })
}

test('the palette finds records of every kind in one request and leads to them', async ({ open, api }) => {
  const mark = `q${randomUUID().slice(0, 6)}`
  const { data: organization } = await api.from('organizations').insert({ name: `Zëphyr ${mark}` }).select('id').single()
  const { data: contact } = await api.from('contacts').insert({ first_name: 'Ida', last_name: `Zephyr${mark}`, organization_id: organization?.id }).select('id').single()
  await api.from('activities').insert({ type: 'note', subject: `About zephyr ${mark}`, contact_id: contact?.id })
  const page = await open('seller', { path: '/contacts' })
  const asked: string[] = []
  page.on('request', (request) => {
    if (/search/.test(request.url())) asked.push(new URL(request.url()).pathname)
  })
  await (await openPalette(page)).fill(`zephyr ${mark}`)
  const options = page.getByRole('option')
  const first = page.getByRole('option', { name: `Zëphyr ${mark}`, exact: true })
  await expect(first).toBeVisible()
  await expect(options.filter({ hasText: `Ida Zephyr${mark}` })).toBeVisible()
  await expect(options.filter({ hasText: `About zephyr ${mark}` })).toBeVisible()
  await expect(first.locator('mark').first()).toHaveText('Zëphyr')
  expect(asked.filter((path) => path !== '/api/search' && path.startsWith('/rest/'))).toEqual([])
  expect(asked).toContain('/api/search')
  await options.filter({ hasText: `About zephyr ${mark}` }).click()
  await expect(page).toHaveURL(new RegExp(`/contacts/${contact?.id}$`))
})

test('a search that finds nothing says so', async ({ open }) => {
  const page = await open('seller', { path: '/contacts' })
  await (await openPalette(page)).fill('no such thing anywhere')
  await expect(page.getByText('Nothing matches “no such thing anywhere”')).toBeVisible()
})
