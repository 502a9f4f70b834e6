import { describe, expect, it } from 'vitest'
import { anchored, isAtFalseEdge, layerOffset, MOST_PX, moved, physicalHeight, placeOf, visibleSpan, type Geometry, type Place } from './window'

const short: Geometry = { count: 500, rowPx: 40, viewportPx: 800 }
const long: Geometry = { count: 1_000_000, rowPx: 40, viewportPx: 800 }
const top: Place = { logicalTop: 0, scrollTop: 0 }

describe('a short list', () => {
  it('is as high as its rows', () => expect(physicalHeight(short)).toBe(20_000))
  it('scrolls one to one', () => expect(moved(short, top, 12_345)).toEqual({ logicalTop: 12_345, scrollTop: 12_345 }))
  it('renders the rows in view and a few around', () => expect(visibleSpan(short, 4000)).toEqual({ first: 94, end: 126 }))
})

describe('a list higher than browsers allow', () => {
  const last = physicalHeight(long) - long.viewportPx

  it('is capped', () => expect(physicalHeight(long)).toBe(MOST_PX))
  it('moves one to one for a turn of the wheel', () => {
    expect(moved(long, { logicalTop: 5000, scrollTop: 1000 }, 1100).logicalTop).toBe(5100)
  })
  it('moves in proportion for a dragged thumb', () => {
    const place = moved(long, top, last / 2)
    expect(place.logicalTop).toBeCloseTo((40_000_000 - 800) / 2, 0)
  })
  it('reaches the very last row', () => {
    const place = moved(long, top, last)
    expect(visibleSpan(long, place.logicalTop).end).toBe(1_000_000)
    expect(place.logicalTop).toBe(40_000_000 - 800)
  })
  it('puts the first rendered row where the viewport is', () => {
    const place = anchored(long, 20_000_000)
    const { first } = visibleSpan(long, place.logicalTop)
    expect(layerOffset(long, place, first)).toBeCloseTo(place.scrollTop - (place.logicalTop - first * 40), 3)
  })
  it('notices an edge of the scroller that is none of the list', () => {
    expect(isAtFalseEdge(long, { logicalTop: 900, scrollTop: 0 })).toBe(true)
    expect(isAtFalseEdge(long, top)).toBe(false)
  })
})

describe('bringing a row into view', () => {
  it('does not move when it is there', () => expect(placeOf(short, top, 3)).toBe(top))
  it('moves down just as far as needed', () => expect(placeOf(short, top, 20).logicalTop).toBe(21 * 40 - 800))
  it('moves up to the row', () => expect(placeOf(short, { logicalTop: 4000, scrollTop: 4000 }, 10).logicalTop).toBe(400))
  it('lands on any row of a long list', () => {
    const place = placeOf(long, top, 999_999)
    expect(visibleSpan(long, place.logicalTop).end).toBe(1_000_000)
  })
})
