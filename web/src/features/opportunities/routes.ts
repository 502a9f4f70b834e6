// Paths of opportunities.
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/opportunities', name: 'opportunities', component: () => import('./OpportunitiesPage.vue'), meta: { title: 'Opportunities' } },
  { path: '/opportunities/:id', name: 'opportunity', component: () => import('./OpportunityPage.vue'), props: true, meta: { title: 'Opportunity' } },
]
