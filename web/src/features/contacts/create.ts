// How a new contact is made from anywhere.
import type { Creator } from '@/store/creators'

export const creator: Creator = {
  noun: 'contact',
  label: 'Contact',
  order: 1,
  shortcut: 'c',
  dialog: () => import('./ContactDialog.vue'),
}
