// Every page by its path. Pages are fetched when first visited; features bring their own in routes.ts.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from '@/store/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the tab says. */
    title?: string
    /** Open to people who are not signed in. */
    public?: boolean
  }
}

const found = import.meta.glob<{ routes: RouteRecordRaw[] }>('../features/*/routes.ts', { eager: true })

const own: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { title: 'Sign in', public: true } },
  { path: '/invite', name: 'invite', component: () => import('./InvitePage.vue'), meta: { title: 'Join', public: true } },
  { path: '/recover', name: 'recover', component: () => import('./RecoverPage.vue'), meta: { title: 'New password', public: true } },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue'), meta: { title: 'Not found' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: [...Object.values(found).flatMap((feature) => feature.routes), ...own],
})

router.beforeEach((to) => {
  const session = useSession()
  if (to.meta.public) return true
  if (!session.signedIn) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  return true
})

/** Says in the tab where we are; a record page replaces it by the record's name. */
export function setTitle(title: string | undefined): void {
  document.title = title ? `${title} · Rapport` : 'Rapport'
}

router.afterEach((to, from) => {
  if (to.name !== from.name) setTitle(to.meta.title)
})
