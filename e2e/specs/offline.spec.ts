import { expect, test } from '../app.ts'
import { judge, looks } from '../look.ts'

for (const look of looks) {
  test(`being offline, ${look.name}: is said while it lasts, and what was shown stays`, async ({ open }) => {
    const page = await open('owner', { ...look, path: '/contacts' })
    await expect(page.getByRole('grid')).toBeVisible()
    await judge(page, `online-${look.name}`)
    const status = page.getByRole('status').filter({ hasText: 'You are offline' })
    await expect(status).toHaveCount(0)

    await page.context().setOffline(true)
    await expect(status).toBeVisible()
    await expect(page.getByRole('grid')).toBeVisible()
    await judge(page, `offline-${look.name}`)

    await page.context().setOffline(false)
    await expect(status).toHaveCount(0)
  })
}
