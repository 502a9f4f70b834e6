import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { expect, test } from '../app.ts'

let deal: { id: string; name: string }

test.beforeEach(async ({ api }) => {
  const name = `Renewal ${randomUUID().slice(0, 8)}`
  const { data, error } = await api.from('opportunities').insert({ name, amount: 12_000 }).select('id,name').single()
  expect(error).toBeNull()
  deal = data as typeof deal
})

const column = (page: Page, stage: string) => page.locator(`[data-testid=board-column][data-stage=${stage}]`)
const card = (page: Page, name = deal.name) => page.getByTestId('board-card').filter({ hasText: name })
const stageOf = async (page: Page) => card(page).locator('xpath=ancestor::*[@data-stage]').getAttribute('data-stage')

test('a card a colleague moves also moves on my board, without a reload', async ({ open }) => {
  const theirs = await open('seller', { path: '/opportunities' })
  const mine = await open('owner', { path: '/opportunities' })
  await expect(card(mine)).toBeVisible()
  expect(await stageOf(mine)).toBe('PROSPECTING')
  const loaded = await mine.evaluate(() => performance.timeOrigin)

  await expect(card(theirs)).toBeVisible()
  await card(theirs).getByRole('link').focus()
  await theirs.keyboard.press('Control+ArrowRight')
  await expect(column(theirs, 'QUALIFICATION')).toContainText(deal.name)
  await expect(column(mine, 'QUALIFICATION')).toContainText(deal.name)
  await expect(column(mine, 'PROSPECTING')).not.toContainText(deal.name)
  expect(await mine.evaluate(() => performance.timeOrigin)).toBe(loaded)
})

test('a card is dragged to another column, and the totals follow', async ({ open, api }) => {
  const page = await open('owner', { path: '/opportunities' })
  await expect(card(page)).toBeVisible()
  const count = async (stage: string) => Number((await column(page, stage).getByTestId('column-count').innerText()).replaceAll(/\D/g, ''))
  const before = await count('PROPOSAL')
  await card(page).dragTo(column(page, 'PROPOSAL').locator('header'))
  await expect(column(page, 'PROPOSAL')).toContainText(deal.name)
  await expect.poll(() => count('PROPOSAL')).toBe(before + 1)
  await expect.poll(async () => {
    const { data } = await api.from('opportunities').select('probability_percent,stage:stages(key)').eq('id', deal.id).single()
    return data
  }).toEqual({ probability_percent: 50, stage: { key: 'PROPOSAL' } })
})

test('a change made with psql appears in two open browsers', async ({ open, rapport }) => {
  const mine = await open('owner', { path: '/opportunities' })
  const theirs = await open('manager', { path: '/opportunities' })
  await expect(card(mine)).toBeVisible()
  await expect(card(theirs)).toBeVisible()
  const name = `${deal.name} by psql`
  rapport.psql(`update public.opportunities set name = '${name}' where id = '${deal.id}'`)
  await expect(card(mine, name)).toBeVisible()
  await expect(card(theirs, name)).toBeVisible()
})

test('a move the server refuses is taken back and said', async ({ open }) => {
  const page = await open('owner', { path: '/opportunities' })
  await expect(card(page)).toBeVisible()
  await page.route('**/rest/v1/opportunities*', (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({ status: 403, json: { code: '42501', message: 'permission denied', details: null, hint: null } })
      : route.fallback(),
  )
  await card(page).getByRole('link').focus()
  await page.keyboard.press('Control+ArrowRight')
  await expect(page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: /failed|not saved/i }).first()).toBeVisible()
  await expect(column(page, 'PROSPECTING')).toContainText(deal.name)
})
