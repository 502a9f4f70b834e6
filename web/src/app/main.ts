// Starts the app.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/ui/tokens.css'
import { onSessionOver } from '@/api/transport'
import { useSession } from '@/store/session'
import App from './App.vue'
import { router } from './router'

const app = createApp(App)
app.use(createPinia())
const session = useSession()

onSessionOver(() => {
  if (session.signedIn) void import('@/api/auth').then(({ signOut }) => signOut()).finally(() => session.end(router.currentRoute.value.fullPath))
})

app.config.errorHandler = (error) => {
  console.error(error)
}
app.use(router).mount('#app')

// A file of an earlier build is gone after an update: load the new build, once.
window.addEventListener('vite:preloadError', (event) => {
  const key = 'rapport-reloaded'
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (!navigator.onLine || event.timeStamp + performance.timeOrigin - last < 30_000) return
  sessionStorage.setItem(key, String(Math.round(event.timeStamp + performance.timeOrigin)))
  event.preventDefault()
  location.reload()
})
