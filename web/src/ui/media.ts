// How wide the window is, where a different component and not only a different style is needed.
import { readonly, shallowRef } from 'vue'

function matches(condition: string) {
  const query = typeof matchMedia === 'function' ? matchMedia(condition) : null
  const now = shallowRef(query?.matches ?? false)
  query?.addEventListener('change', (event) => (now.value = event.matches))
  return readonly(now)
}

/** As narrow as a phone. */
export const isPhone = matches('(max-width: 639px)')
/** Too narrow for a navigation at the side. */
export const isNarrow = matches('(max-width: 767px)')
