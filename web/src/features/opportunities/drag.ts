// Dragging cards by pointer and touch, on top of the browser's own drag and drop.
//
// In: elements and what they stand for. Out: where a card was dropped.
// Invariant: nothing here changes the board; it says a target, and the board decides.
import { attachClosestEdge, extractClosestEdge, type Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import type { RowId } from '@/api/records'

type Place = { kind: 'card'; id: RowId; stage_id: RowId } | { kind: 'column'; stage_id: RowId }

const asData = (place: Place): Record<string, unknown> => ({ ...place })
const asPlace = (data: Record<string | symbol, unknown>) => data as unknown as Place

/** Where a card was dropped: beside another card, or anywhere else in a column. */
export interface Drop {
  id: RowId
  stage_id: RowId
  beside: { id: RowId; edge: 'top' | 'bottom' } | null
}

/** Makes a card draggable and a place to drop beside. */
export function useCardDrag(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  card: () => { id: RowId; stage_id: RowId },
  may: () => boolean,
) {
  const dragging = shallowRef(false)
  const edge = shallowRef<Edge | null>(null)
  let stop: (() => void) | undefined

  onMounted(() => {
    if (!element.value) return
    stop = combine(
      draggable({
        element: element.value,
        canDrag: may,
        getInitialData: () => asData({ kind: 'card', ...card() }),
        onDragStart: () => (dragging.value = true),
        onDrop: () => (dragging.value = false),
      }),
      dropTargetForElements({
        element: element.value,
        canDrop: ({ source }) => asPlace(source.data).kind === 'card',
        getData: ({ input, element: over }) =>
          attachClosestEdge(asData({ kind: 'card', ...card() }), { input, element: over, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => {
          edge.value = asPlace(source.data).kind === 'card' && source.data.id === card().id ? null : extractClosestEdge(self.data)
        },
        onDragLeave: () => (edge.value = null),
        onDrop: () => (edge.value = null),
      }),
    )
  })
  onBeforeUnmount(() => stop?.())
  return { dragging, edge }
}

/** Makes a column a place to drop. */
export function useColumnDrop(element: Readonly<ShallowRef<HTMLElement | null>>, stageId: () => RowId) {
  const over = shallowRef(false)
  let stop: (() => void) | undefined
  onMounted(() => {
    if (!element.value) return
    stop = dropTargetForElements({
      element: element.value,
      getData: () => asData({ kind: 'column', stage_id: stageId() }),
      onDragEnter: () => (over.value = true),
      onDragLeave: () => (over.value = false),
      onDrop: () => (over.value = false),
    })
  })
  onBeforeUnmount(() => stop?.())
  return { over }
}

/** Tells of every drop on the board, and scrolls whatever the pointer is near the edge of. */
export function useDrops(scrollers: () => readonly HTMLElement[], dropped: (drop: Drop) => void): void {
  let stop: (() => void) | undefined
  let pointer: { x: number; y: number } | null = null
  let frame = 0

  function scrollOn() {
    if (!pointer) return
    for (const scroller of scrollers()) scrollNearEdge(scroller, pointer)
    frame = requestAnimationFrame(scrollOn)
  }

  onMounted(() => {
    stop = monitorForElements({
      onDragStart: ({ location }) => {
        pointer = { x: location.current.input.clientX, y: location.current.input.clientY }
        frame = requestAnimationFrame(scrollOn)
      },
      onDrag: ({ location }) => {
        pointer = { x: location.current.input.clientX, y: location.current.input.clientY }
      },
      onDrop: ({ source, location }) => {
        pointer = null
        cancelAnimationFrame(frame)
        const moved = asPlace(source.data)
        const innermost = location.current.dropTargets[0]
        if (moved.kind !== 'card' || !innermost) return
        const target = asPlace(innermost.data)
        const edge = extractClosestEdge(innermost.data)
        const beside = target.kind === 'card' ? { id: target.id, edge: edge === 'bottom' ? ('bottom' as const) : ('top' as const) } : null
        dropped({ id: moved.id, stage_id: target.stage_id, beside })
      },
    })
  })
  onBeforeUnmount(() => {
    stop?.()
    cancelAnimationFrame(frame)
  })
}

const EDGE_PX = 64
const FASTEST_PX = 18

/** Scrolls faster the nearer the pointer is to an edge of the box. */
function scrollNearEdge(scroller: HTMLElement, { x, y }: { x: number; y: number }) {
  const box = scroller.getBoundingClientRect()
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return
  const push = (distance: number) => (distance < EDGE_PX ? Math.ceil((1 - Math.max(0, distance) / EDGE_PX) * FASTEST_PX) : 0)
  if (scroller.scrollWidth > scroller.clientWidth) scroller.scrollLeft += push(box.right - x) - push(x - box.left)
  if (scroller.scrollHeight > scroller.clientHeight) scroller.scrollTop += push(box.bottom - y) - push(y - box.top)
}
