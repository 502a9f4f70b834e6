// Path of the API's own page.
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/api-docs', name: 'api-docs', component: () => import('./ApiPage.vue'), meta: { title: 'API' } },
]
