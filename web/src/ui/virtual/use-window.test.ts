import { expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useWindow } from './use-window'

test('a scaled list that turns out shorter than guessed shows its last rows', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // No component, so nothing to mount.
  const count = ref(1_000_211)
  const scope = effectScope()
  const list = scope.run(() =>
    useWindow({ scroller: shallowRef(null), count: () => count.value, rowPx: () => 40, headerPx: () => 0 }),
  )
  list?.scrollTo(1_000_210)
  count.value = 1_000_126
  await nextTick()
  await nextTick()
  expect(list?.span.value.end).toBe(1_000_126)
  expect(list?.span.value.first).toBeLessThan(1_000_110)
  scope.stop()
})
