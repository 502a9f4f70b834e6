// Whether the window is as narrow as a phone's.
import { readonly, shallowRef } from 'vue'

const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 639px)') : null
const narrow = shallowRef(query?.matches ?? false)
query?.addEventListener('change', (event) => (narrow.value = event.matches))

export const isPhone = readonly(narrow)
