// The pages about contacts.
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/contacts', name: 'contacts', component: () => import('./ContactsPage.vue'), meta: { title: 'Contacts' } },
  { path: '/contacts/:id', name: 'contact', component: () => import('./ContactPage.vue'), props: true, meta: { title: 'Contact' } },
]
