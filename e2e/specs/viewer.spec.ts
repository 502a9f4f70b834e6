import { expect, test } from '../app.ts'

test('a viewer sees the records and no way to change them', async ({ open }) => {
  const page = await open('viewer', { path: '/contacts' })
  await expect(page.getByRole('grid')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add contact' })).toHaveCount(0)
})

test('a viewer’s card stays where it is', async ({ open, api }) => {
  const name = 'Not yours to move'
  await api.from('opportunities').insert({ name, amount: 10 })
  const page = await open('viewer', { path: '/opportunities' })
  const card = page.getByTestId('board-card').filter({ hasText: name })
  await expect(card).toBeVisible()
  await expect(card.getByRole('button', { name: /move/i })).toHaveCount(0)
  await card.getByRole('link').focus()
  await page.keyboard.press('Control+ArrowRight')
  await expect(page.locator('[data-stage=PROSPECTING]')).toContainText(name)
  const { data } = await api.from('opportunities').select('version').eq('name', name).single()
  expect(data?.version).toBe(1)
})
