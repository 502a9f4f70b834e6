// The pages about organizations.
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/organizations', name: 'organizations', component: () => import('./OrganizationsPage.vue'), meta: { title: 'Organizations' } },
  { path: '/organizations/:id', name: 'organization', component: () => import('./OrganizationPage.vue'), props: true, meta: { title: 'Organization' } },
]
