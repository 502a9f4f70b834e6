// How a new organization is made from anywhere.
import type { Creator } from '@/store/creators'

export const creator: Creator = {
  noun: 'organization',
  label: 'Organization',
  order: 2,
  shortcut: 'o',
  dialog: () => import('./OrganizationDialog.vue'),
}
