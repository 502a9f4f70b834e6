// Light, dark, or as the system has it; theme-boot.js applies the same choice before the first paint.
import { defineStore } from 'pinia'
import { shallowRef, watchEffect } from 'vue'

export type Theme = 'light' | 'dark' | 'system'
const KEY = 'rapport-theme'

export const useTheme = defineStore('theme', () => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = shallowRef(system.matches)
  system.addEventListener('change', (event) => (systemDark.value = event.matches))
  const stored = localStorage.getItem(KEY)
  const theme = shallowRef<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')

  watchEffect(() => {
    const dark = theme.value === 'dark' || (theme.value === 'system' && systemDark.value)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  })

  function choose(next: Theme) {
    theme.value = next
    if (next === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  }
  return { theme, choose }
})
