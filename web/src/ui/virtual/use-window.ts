// Keeps the rendered rows of a scroller in step with its position.
//
// In: the scroller, the count, the row height. Out: the span to render, the height, one offset for the whole layer.
import { computed, nextTick, onMounted, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import {
  anchored,
  isAtFalseEdge,
  isScaled,
  layerOffset,
  moved,
  physicalHeight,
  placeOf,
  visibleSpan,
  type Geometry,
  type Place,
} from './window'

interface WindowInput {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  count: () => number
  rowPx: () => number
  /** What stays on top of the rows. */
  headerPx: () => number
}

/** Where lists were left, by their key: for Back. */
const left = new Map<string, number>()

export function useWindow({ scroller, count, rowPx, headerPx }: WindowInput) {
  const viewportPx = shallowRef(800)
  const place = shallowRef<Place>({ logicalTop: 0, scrollTop: 0 })
  const geometry = computed<Geometry>(() => ({ count: count(), rowPx: rowPx(), viewportPx: viewportPx.value }))
  const span = computed(() => visibleSpan(geometry.value, place.value.logicalTop))
  const height = computed(() => physicalHeight(geometry.value))
  const offset = computed(() => layerOffset(geometry.value, place.value, span.value.first))

  function settle(next: Place) {
    place.value = next
    if (scroller.value && Math.abs(scroller.value.scrollTop - next.scrollTop) > 1) scroller.value.scrollTop = next.scrollTop
  }

  function onScroll() {
    if (!scroller.value) return
    const scrollTop = scroller.value.scrollTop
    if (Math.abs(scrollTop - place.value.scrollTop) < 1) return
    const next = moved(geometry.value, place.value, scrollTop)
    if (isAtFalseEdge(geometry.value, next)) settle(anchored(geometry.value, next.logicalTop))
    else place.value = next
  }

  function onScrollEnd() {
    if (isScaled(geometry.value)) settle(anchored(geometry.value, place.value.logicalTop))
  }

  function scrollTo(index: number) {
    settle(placeOf(geometry.value, place.value, index))
  }

  function toTop() {
    settle({ logicalTop: 0, scrollTop: 0 })
  }

  let observer: ResizeObserver | undefined
  onMounted(() => {
    const element = scroller.value
    if (!element) return
    const measure = () => (viewportPx.value = Math.max(rowPx(), element.clientHeight - headerPx()))
    measure()
    observer = new ResizeObserver(measure)
    observer.observe(element)
  })
  onScopeDispose(() => observer?.disconnect())

  // The list got shorter or longer: stay at the same row, as far as there is one. Not by the height: a scaled list keeps it.
  watch([count, rowPx, viewportPx], () => void nextTick(() => settle(anchored(geometry.value, place.value.logicalTop))))

  return {
    span,
    height,
    offset,
    place,
    onScroll,
    onScrollEnd,
    scrollTo,
    toTop,
    /** Remembers where this list is left, and goes back there. */
    leave: (key: string) => left.set(key, place.value.logicalTop),
    async returnTo(key: string) {
      const logicalTop = left.get(key)
      if (!logicalTop) return
      await nextTick()
      settle(anchored(geometry.value, logicalTop))
    },
  }
}
