// "New activity" from anywhere.
import type { Creator } from '@/store/creators'

export const creator: Creator = {
  noun: 'activity',
  label: 'Activity',
  order: 40,
  shortcut: 't',
  dialog: () => import('./ActivityDialog.vue'),
}
