import { expect, test } from '../app.ts'
import { judge, listen, looks, stranger } from '../look.ts'

/** Every page: its name, and where it is. A record page takes the id of the newest record of its table. */
const pages: [name: string, path: string][] = [
  ['dashboard', '/'],
  ['contacts', '/contacts'],
  ['contact', '/contacts/:contacts'],
  ['organizations', '/organizations'],
  ['organization', '/organizations/:organizations'],
  ['board', '/opportunities'],
  ['opportunity-list', '/opportunities?view=list'],
  ['opportunity', '/opportunities/:opportunities'],
  ['activities', '/activities'],
  ['imports', '/imports'],
  ['settings', '/settings'],
  ['api-docs', '/api-docs'],
  ['not-found', '/no-such-page'],
]

for (const [name, path] of pages) {
  for (const look of looks) {
    test(`${name}, ${look.name}: looks settled, is accessible, logs no error`, async ({ open, api }) => {
      let target = path
      for (const table of ['contacts', 'organizations', 'opportunities']) {
        if (!path.endsWith(`:${table}`)) continue
        const order = table === 'opportunities' ? 'amount' : 'created_at'
        const { data } = await api.from(table).select('id').is('deleted_at', null).order(order, { ascending: false }).limit(1).single()
        target = path.replace(`:${table}`, data?.id)
      }
      const page = await open('owner', { ...look, path: '/contacts' })
      const errors = listen(page)
      await page.goto(target)
      await judge(page, `${name}-${look.name}`)
      expect(errors).toEqual([])
    })
  }
}

for (const look of looks) {
  test(`sign-in, ${look.name}: looks settled, is accessible`, async ({ browser, rapport }) => {
    const page = await stranger(browser, rapport.url, look)
    await page.goto('/sign-in')
    await judge(page, `sign-in-${look.name}`)
    await page.context().close()
  })
}
