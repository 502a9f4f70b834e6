import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'

const rows = (page: Page) => page.getByRole('grid').getByRole('row')
const search = (page: Page) => page.getByPlaceholder(/search name/i)

test('a contact is found by fragments of name, mail and phone', async ({ open, api }) => {
  const mark = randomUUID().slice(0, 6)
  await api.from('contacts').insert({
    first_name: 'Zuzana', last_name: `Quill${mark}`, email: `zq.${mark}@example.test`, phones: [{ label: 'work', value: '+49 171 555 0199' }],
  })
  const page = await open('seller', { path: '/contacts' })
  for (const fragment of [`quill${mark}`, `zq.${mark}@`, '1715550199']) {
    await search(page).fill(fragment)
    await expect(rows(page).filter({ hasText: `Quill${mark}` }).first()).toBeVisible()
  }
  await search(page).fill(`nobody-${mark}`)
  await expect(page.getByText('No contact matches')).toBeVisible()
})

test('the list sorts by name, down and up', async ({ open }) => {
  const page = await open('seller', { path: '/contacts' })
  const header = page.getByRole('columnheader', { name: /name/i }).first()
  await header.click()
  const sort = await header.getAttribute('aria-sort')
  expect(['ascending', 'descending']).toContain(sort)
  const first = await rows(page).nth(1).innerText()
  await header.click()
  await expect(rows(page).nth(1)).not.toHaveText(first)
})

test('a new contact is made, and a wrong address is said beside its field', async ({ open, api }) => {
  const mark = randomUUID().slice(0, 6)
  const page = await open('seller', { path: '/contacts' })
  await page.getByRole('button', { name: 'Add contact' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('First name').fill('Nora')
  await dialog.getByLabel('Last name').fill(`New${mark}`)
  await dialog.getByLabel('Email').fill('not an address')
  await dialog.getByRole('button', { name: 'Add contact' }).click()
  await expect(dialog.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByLabel('Email').fill(`nora.${mark}@example.test`)
  await dialog.getByRole('button', { name: 'Add contact' }).click()
  await expect(dialog).toBeHidden()
  const { data } = await api.from('contacts').select('first_name').eq('last_name', `New${mark}`)
  expect(data).toEqual([{ first_name: 'Nora' }])
})

test('an address that is taken is said beside its field', async ({ open, api }) => {
  const mark = randomUUID().slice(0, 6)
  await api.from('contacts').insert({ first_name: 'First', last_name: mark, email: `taken.${mark}@example.test` })
  const page = await open('seller', { path: '/contacts' })
  await page.getByRole('button', { name: 'Add contact' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('First name').fill('Second')
  await dialog.getByLabel('Email').fill(`Taken.${mark}@example.test`)
  await dialog.getByRole('button', { name: 'Add contact' }).click()
  await expect(dialog.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog).toBeVisible()
})

test('a contact opens from the list and shows a colleague’s change at once', async ({ open, api }) => {
  const mark = randomUUID().slice(0, 6)
  const { data } = await api.from('contacts').insert({ first_name: 'Lena', last_name: `Live${mark}` }).select('id').single()
  const page = await open('seller', { path: '/contacts' })
  await search(page).fill(`live${mark}`)
  await page.getByRole('link', { name: `Lena Live${mark}` }).click()
  await expect(page.getByRole('heading', { name: `Lena Live${mark}` })).toBeVisible()
  await api.from('contacts').update({ job_title: 'Head of Trams' }).eq('id', data?.id)
  await expect(page.getByText('Head of Trams').first()).toBeVisible()
})
