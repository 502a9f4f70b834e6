// "New opportunity" from anywhere.
import type { Creator } from '@/store/creators'

export const creator: Creator = {
  noun: 'opportunity',
  label: 'Opportunity',
  order: 30,
  shortcut: 'd',
  dialog: () => import('./OpportunityDialog.vue'),
}
