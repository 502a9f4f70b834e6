import { describe, expect, it } from 'vitest'
import { axisTicks, bands, barLengths, columnPath, countTicks, labelEvery, ringDash } from './scale'

describe('chart scales', () => {
  it.each([
    [0, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [97, [0, 25, 50, 75, 100]],
    [1_134_672, [0, 500_000, 1_000_000, 1_500_000]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1000, [0, 250, 500, 750, 1000]],
  ])('an axis to %d has round steps', (max, expected) => {
    expect(axisTicks(max)).toEqual(expected)
  })

  it('an axis of counts never splits one', () => {
    expect(countTicks(1)).toEqual([0, 1])
    expect(countTicks(3)).toEqual([0, 1, 2, 3])
    expect(countTicks(0)).toEqual([0, 1])
  })

  it('bands fill the length and stay slim when there is room', () => {
    const twelve = bands(12, 600)
    expect(twelve).toHaveLength(12)
    expect(twelve.at(0)?.centre).toBe(25)
    expect(twelve.at(-1)?.centre).toBe(575)
    expect(bands(1, 600).at(0)?.width).toBe(48)
    expect(bands(0, 600)).toEqual([])
  })

  it('a small value stays visible, zero does not appear', () => {
    expect(barLengths([1000, 1, 0], 200)).toEqual([200, 2, 0])
    expect(barLengths([0, 0], 200)).toEqual([0, 0])
  })

  it('labels thin out before they touch', () => {
    expect(labelEvery(12, 600, 40)).toBe(1)
    expect(labelEvery(12, 240, 40)).toBe(2)
  })

  it('paths and dashes hold no impossible numbers', () => {
    expect(columnPath(0, 10, 50, 50)).not.toContain('NaN')
    expect(ringDash(0.25, 50)).toBe('78.54 235.62')
    expect(ringDash(7, 50)).toBe('314.16 0.00')
  })
})
