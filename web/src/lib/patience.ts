// A loading state that waits before it shows: what answers at once must not flicker.
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** True when `loading` has lasted for `afterMs`; false at once when it ends. */
export function useSlow(loading: () => boolean, afterMs = 150): Readonly<Ref<boolean>> {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    loading,
    (now) => {
      clearTimeout(timer)
      if (now) timer = setTimeout(() => (slow.value = true), afterMs)
      else slow.value = false
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return readonly(slow)
}
