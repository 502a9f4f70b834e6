import { describe, expect, it } from 'vitest'
import { isKey, keyBetween } from './fraction'

function check(before: string | null, after: string | null): string {
  const key = keyBetween(before, after)
  expect(isKey(key), `${key} is a key`).toBe(true)
  if (before !== null) expect(before < key, `${before} < ${key}`).toBe(true)
  if (after !== null) expect(key < after, `${key} < ${after}`).toBe(true)
  return key
}

describe('a key between two keys', () => {
  it.each([
    [null, null], ['V', null], [null, 'V'], ['A', 'B'], ['A', 'A1'], ['A', 'A01'], ['Az', 'B'], ['Azz', 'B'],
    ['1', '2'], ['01', '1'], ['1', '11'], [null, '1'], [null, '01'], ['z', null], ['zz', null], ['9', 'A'], ['Z', 'a'],
    ['19a2b3c4d5e6f7h', '19a2b3c4d5e6f8h'],
  ])('exists between %s and %s', (before, after) => {
    check(before, after)
  })

  it('is refused between equal or swapped neighbours', () => {
    expect(() => keyBetween('B', 'B')).toThrow(RangeError)
    expect(() => keyBetween('C', 'B')).toThrow(RangeError)
  })

  it('moves a card just above the top one, below every card the server adds later', () => {
    const top = '19a2b3c4d5e6f7h'
    const later = '19a2b3c4d5e6f6h'
    const moved = check(null, top)
    expect(later < moved).toBe(true)
  })

  it('grows by one letter in sixty moves to the same end', () => {
    let top = 'V'
    let bottom = 'V'
    for (let move = 0; move < 600; move += 1) {
      top = check(null, top)
      bottom = check(bottom, null)
    }
    expect(top.length).toBeLessThanOrEqual(12)
    expect(bottom.length).toBeLessThanOrEqual(12)
  })

  it('keeps order through thousands of moves to random places', () => {
    let seed = 7
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
    const keys: string[] = []
    for (let move = 0; move < 3000; move += 1) {
      const place = random(keys.length + 1)
      keys.splice(place, 0, check(keys[place - 1] ?? null, keys[place] ?? null))
    }
    expect([...keys].sort()).toEqual(keys)
    expect(new Set(keys).size).toBe(keys.length)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(20)
  })
})
