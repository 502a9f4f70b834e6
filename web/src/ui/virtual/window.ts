// The arithmetic of a window onto any number of rows.
//
// Browsers clamp an element's height (Chromium at 11 to 33 million px, by screen density), so a long list is scaled: the
// scroller is at most MOST_PX high. Small moves map one to one, large ones (a dragged thumb, End) in proportion, and at
// rest the scroll position is put back to the proportional place.
// Invariant: row 0 is reachable at scrollTop 0 and the last row at its maximum, whatever the count.

export const MOST_PX = 8_000_000
/** A move shorter than this many viewports is a person scrolling, not jumping. */
const NEAR_VIEWPORTS = 4
const OVERSCAN_ROWS = 6

export interface Geometry {
  count: number
  rowPx: number
  viewportPx: number
}

export interface Place {
  /** Where the viewport's top is in the unscaled list. */
  logicalTop: number
  /** The scroller's own position that belongs to it. */
  scrollTop: number
}

export interface Span {
  first: number
  /** One behind the last row. */
  end: number
}

function logicalRange({ count, rowPx, viewportPx }: Geometry): number {
  return Math.max(0, count * rowPx - viewportPx)
}

/** The height the scroller's content gets. */
export function physicalHeight({ count, rowPx }: Geometry): number {
  return Math.min(count * rowPx, MOST_PX)
}

function physicalRange(geometry: Geometry): number {
  return Math.max(0, physicalHeight(geometry) - geometry.viewportPx)
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}

/** Whether the list is too long to be as high as it is. */
export function isScaled(geometry: Geometry): boolean {
  return geometry.count * geometry.rowPx > MOST_PX
}

/** The scroller's proportional position for a place in the list. */
export function anchored(geometry: Geometry, logicalTop: number): Place {
  const range = logicalRange(geometry)
  const top = clamp(logicalTop, range)
  return { logicalTop: top, scrollTop: range === 0 ? 0 : (top / range) * physicalRange(geometry) }
}

/** The place after the scroller moved to scrollTop. */
export function moved(geometry: Geometry, from: Place, scrollTop: number): Place {
  if (!isScaled(geometry)) return { logicalTop: clamp(scrollTop, logicalRange(geometry)), scrollTop }
  const delta = scrollTop - from.scrollTop
  if (Math.abs(delta) < NEAR_VIEWPORTS * geometry.viewportPx) {
    return { logicalTop: clamp(from.logicalTop + delta, logicalRange(geometry)), scrollTop }
  }
  const range = physicalRange(geometry)
  return { logicalTop: range === 0 ? 0 : (clamp(scrollTop, range) / range) * logicalRange(geometry), scrollTop }
}

/** Must the scroller be put elsewhere, so that scrolling on stays possible? */
export function isAtFalseEdge(geometry: Geometry, place: Place): boolean {
  if (!isScaled(geometry)) return false
  const atTop = place.scrollTop <= 0 && place.logicalTop > 0
  const atEnd = place.scrollTop >= physicalRange(geometry) && place.logicalTop < logicalRange(geometry)
  return atTop || atEnd
}

/** The rows to render around the viewport. */
export function visibleSpan(geometry: Geometry, logicalTop: number): Span {
  const { count, rowPx, viewportPx } = geometry
  const first = Math.max(0, Math.floor(logicalTop / rowPx) - OVERSCAN_ROWS)
  const end = Math.min(count, Math.ceil((logicalTop + viewportPx) / rowPx) + OVERSCAN_ROWS)
  return { first, end: Math.max(first, end) }
}

/** Where the first rendered row goes inside the scroller. */
export function layerOffset(geometry: Geometry, place: Place, first: number): number {
  return place.scrollTop + first * geometry.rowPx - place.logicalTop
}

/** The place that brings a row into view with as little movement as possible. */
export function placeOf(geometry: Geometry, place: Place, index: number): Place {
  const { rowPx, viewportPx } = geometry
  const top = index * rowPx
  if (top < place.logicalTop) return anchored(geometry, top)
  if (top + rowPx > place.logicalTop + viewportPx) return anchored(geometry, top + rowPx - viewportPx)
  return place
}
