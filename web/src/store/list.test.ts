import { describe, expect, it, vi } from 'vitest'
import { createList, type Fetched, type Stretch } from './list'

function listOf(total: number, estimate: number | null = null) {
  const asked: Stretch[] = []
  const held = new Map<string, number>()
  const fetch = vi.fn(async (stretch: Stretch): Promise<Fetched> => {
    asked.push(stretch)
    await Promise.resolve()
    if (stretch.signal.aborted) throw new DOMException('', 'AbortError')
    const size = Math.max(0, Math.min(stretch.limit, total - stretch.offset))
    const ids = Array.from({ length: size }, (_, i) => `row-${stretch.offset + i}`)
    return { ids, end: size ? [stretch.offset + size] : null, count: stretch.counted ? (estimate ?? total) : null }
  })
  const list = createList({
    fetch,
    hold: (ids) => ids.forEach((id) => held.set(id, (held.get(id) ?? 0) + 1)),
    release: (ids) => ids.forEach((id) => held.set(id, (held.get(id) ?? 0) - 1)),
  })
  const heldNow = () => [...held.values()].filter((holds) => holds > 0).length
  return { list, asked, fetch, heldNow }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a paged list', () => {
  it('asks for the first page and the length', async () => {
    const { list, asked } = listOf(1000)
    list.restart()
    await settled()
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ offset: 0, limit: 100, counted: true })
    expect(list.length.value).toBe(1000)
    expect(list.idAt(99)).toBe('row-99')
    expect(list.idAt(100)).toBeUndefined()
  })

  it('fetches what comes into view, once', async () => {
    const { list, asked } = listOf(1000)
    list.restart()
    await settled()
    list.show(480, 520)
    list.show(481, 521)
    await settled()
    expect(asked.map((stretch) => stretch.offset)).toEqual([0, 400, 500])
    expect(asked[1]?.counted).toBe(false)
  })

  it('goes on from the row before where that is known, and counts to the offset after a jump', async () => {
    const { list, asked } = listOf(1000)
    list.restart()
    await settled()
    list.show(90, 120)
    await settled()
    list.show(500, 520)
    await settled()
    list.show(590, 620)
    await settled()
    expect(asked.map((stretch) => [stretch.offset, stretch.after])).toEqual([[0, null], [100, [100]], [500, null], [600, [600]]])
  })

  it('does not go on from a page that others may have changed', async () => {
    const { list, asked } = listOf(1000)
    list.restart()
    await settled()
    list.show(90, 120)
    await settled()
    list.refresh()
    await settled()
    expect(asked.slice(2).map((stretch) => [stretch.offset, stretch.after])).toEqual([[0, null], [100, null]])
    list.show(190, 220)
    await settled()
    expect(asked.at(-1)).toMatchObject({ offset: 200, after: [200] })
  })

  it('never lets go of a row that the next query brings again', async () => {
    const held = new Map<string, number>()
    const forgotten: string[] = []
    const list = createList({
      fetch: () => Promise.resolve({ ids: ['a', 'b'], count: 2 }),
      hold: (ids) => ids.forEach((id) => held.set(id, (held.get(id) ?? 0) + 1)),
      release: (ids) =>
        ids.forEach((id) => {
          held.set(id, (held.get(id) ?? 0) - 1)
          if (held.get(id) === 0) forgotten.push(id)
        }),
    })
    list.restart()
    await settled()
    list.restart()
    await settled()
    expect(forgotten).toEqual([])
    expect([...held.values()]).toEqual([1, 1])
  })

  it('gives up pages that were flown past', async () => {
    const { list, asked } = listOf(100_000)
    list.restart()
    await settled()
    list.show(5000, 5040)
    list.show(90_000, 90_040)
    expect(asked.find((stretch) => stretch.offset === 5000)?.signal.aborted).toBe(true)
    await settled()
    expect(list.idAt(90_010)).toBe('row-90010')
    expect(list.idAt(5010)).toBeUndefined()
  })

  it('corrects an estimate that was too high when it sees the end', async () => {
    const { list } = listOf(230, 900)
    list.restart()
    await settled()
    expect(list.length.value).toBe(900)
    list.show(850, 899)
    await settled()
    expect(list.length.value).toBe(230)
    expect(list.exact.value).toBe(true)
  })

  it('believes an exact count', async () => {
    const list = createList({
      fetch: async () => ({ ids: Array.from({ length: 100 }, (_, i) => `row-${i}`), count: 100, exact: true }),
      hold: () => undefined,
      release: () => undefined,
    })
    list.restart()
    await settled()
    expect([list.length.value, list.exact.value]).toEqual([100, true])
  })

  it('grows beyond an estimate that was too low', async () => {
    const { list } = listOf(350, 40)
    list.restart()
    await settled()
    expect(list.length.value).toBe(200)
    for (const first of [100, 200, 300]) {
      list.show(first, first + 1)
      await settled()
    }
    expect(list.length.value).toBe(350)
  })

  it('remembers at most forty pages and lets go of the rest', async () => {
    const { list, heldNow } = listOf(100_000)
    list.restart()
    await settled()
    for (let page = 0; page < 60; page += 1) {
      list.show(page * 100, page * 100 + 99)
      await settled()
    }
    expect(heldNow()).toBe(4000)
    list.dispose()
    expect(heldNow()).toBe(0)
  })

  it('ignores answers of a query that was replaced', async () => {
    let release: () => void = () => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    let call = 0
    const list = createList({
      fetch: async () => {
        call += 1
        if (call === 1) {
          await slow
          return { ids: ['stale'], count: 1 }
        }
        return { ids: ['fresh'], count: 1 }
      },
      hold: () => undefined,
      release: () => undefined,
    })
    list.restart()
    list.restart()
    await settled()
    release()
    await settled()
    expect(list.idAt(0)).toBe('fresh')
  })

  it('never lets go of a row that the next query brings, too', async () => {
    const holds = new Map<string, number>()
    let lowest = Number.POSITIVE_INFINITY
    const list = createList({
      fetch: async () => ({ ids: ['ann'], count: 1 }),
      hold: (ids) => ids.forEach((id) => holds.set(id, (holds.get(id) ?? 0) + 1)),
      release: (ids) =>
        ids.forEach((id) => {
          holds.set(id, (holds.get(id) ?? 0) - 1)
          lowest = Math.min(lowest, holds.get(id) ?? 0)
        }),
    })
    list.restart()
    await settled()
    list.restart()
    await settled()
    list.refresh()
    await settled()
    expect([lowest, holds.get('ann')]).toEqual([1, 1])
  })

  it('reports a failure and recovers by refresh', async () => {
    let broken = true
    const list = createList({
      fetch: async () => {
        if (broken) throw new TypeError('no network')
        return { ids: ['a'], count: 1 }
      },
      hold: () => undefined,
      release: () => undefined,
    })
    list.restart()
    await settled()
    expect(list.error.value?.offline).toBe(true)
    broken = false
    list.refresh()
    await settled()
    expect(list.error.value).toBeNull()
    expect(list.idAt(0)).toBe('a')
  })
})
