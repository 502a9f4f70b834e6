import { randomUUID } from 'node:crypto'
import { expect, test } from '../app.ts'

test('an unknown page says so and leads home', async ({ open }) => {
  const page = await open('seller', { path: '/no-such-page' })
  await expect(page.getByRole('heading', { name: /not found|no such|does not exist|nothing here/i }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /home|contacts/i }).first()).toBeVisible()
})

test('an unknown record says so', async ({ open }) => {
  for (const noun of ['contacts', 'organizations', 'opportunities']) {
    const page = await open('seller', { path: `/${noun}/${randomUUID()}` })
    await expect(page.getByRole('heading', { name: /not found|no such|does not exist|no longer|is not here|gone/i }).first()).toBeVisible()
  }
})

test('what is missing below the API or the assets is a 404, not a page', async ({ request, rapport }) => {
  for (const path of ['/api/no-such-thing', '/auth/v1/no-such-thing', '/rest/v1/no-such/thing']) {
    const answer = await request.get(`${rapport.url}${path}`)
    expect(answer.status(), path).toBe(404)
    expect(answer.headers()['content-type'], path).toContain('json')
  }
  expect((await request.get(`${rapport.url}/assets/no-such-file.js`)).status()).toBe(404)
  const page = await request.get(`${rapport.url}/any/other/page`)
  expect(page.headers()['content-type']).toContain('text/html')
})
