// Paths of imports.
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/imports', name: 'imports', component: () => import('./ImportsPage.vue'), meta: { title: 'Imports' } },
  { path: '/imports/:id', name: 'import', component: () => import('./ImportPage.vue'), props: true, meta: { title: 'Import' } },
]
