// A list of any length: only pages near the window are fetched, the rest is a height.
//
// In: how to fetch a stretch. Out: the id at any index (undefined while it is on its way), the length as known so far.
// Invariant: answers of an abandoned query never enter; at most MOST_PAGES pages are remembered.
import { shallowRef, triggerRef, type ShallowRef } from 'vue'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { RowId } from '@/api/records'
import type { Cursor } from './after'

export const PAGE_ROWS = 100
const MOST_PAGES = 40
const MOST_IN_FLIGHT = 3

export interface Stretch {
  offset: number
  limit: number
  /** Where the stretch before this one ended, when that is known: going on from there is cheaper than counting to the offset. */
  after: Cursor | null
  /** Ask for an estimate of the whole length, too. */
  counted: boolean
  signal: AbortSignal
}

export interface Fetched {
  ids: RowId[]
  /** The length, or an estimate of it; null when it was not asked for. */
  count: number | null
  /** Whether the count is exact. */
  exact?: boolean
  /** Where this stretch ends. */
  end?: Cursor | null
  /** Puts the rows into the store. Called right before they are held, and not at all when the answer is not wanted any more. */
  put?: () => void
}

export interface PagedList {
  /** How many rows there are; null before the first answer. Grows or shrinks when the true end is seen. */
  length: ShallowRef<number | null>
  /** Whether `length` is exact. */
  exact: ShallowRef<boolean>
  error: ShallowRef<ApiError | null>
  /** True from a new query until its first answer. */
  loading: ShallowRef<boolean>
  idAt(index: number): RowId | undefined
  indexOf(id: RowId): number
  /** Tells which rows are on screen; fetches what is missing, gives up what was flown past. */
  show(first: number, last: number): void
  /** A new query: forget everything, go to the top. The old rows stay until the first answer. */
  restart(): void
  /** The same query again for what is on screen, without a flicker. */
  refresh(): void
  dispose(): void
}

interface Hooks {
  fetch: (stretch: Stretch) => Promise<Fetched>
  hold: (ids: readonly RowId[]) => void
  release: (ids: readonly RowId[]) => void
}

export function createList({ fetch, hold, release }: Hooks): PagedList {
  const pages = shallowRef(new Map<number, readonly RowId[]>()) // In order of last use.
  const ends = new Map<number, Cursor>()
  const stale = new Set<number>()
  const flights = new Map<number, AbortController>()
  const length = shallowRef<number | null>(null)
  const exact = shallowRef(false)
  const error = shallowRef<ApiError | null>(null)
  const loading = shallowRef(true)
  let epoch = 0
  let fresh = false // Whether the pages belong to the current query.
  let window: [first: number, last: number] = [0, PAGE_ROWS - 1]

  function learnLength(pageIndex: number, { ids, count, exact: counted = false }: Fetched) {
    const got = ids.length
    const end = pageIndex * PAGE_ROWS + got
    if (got < PAGE_ROWS && (got > 0 || pageIndex === 0)) {
      length.value = end
      exact.value = true
    } else if (got === 0) {
      length.value = Math.min(length.value ?? end, end) // Past the end: shrink, the page before tells exactly.
      exact.value = false
    } else if (count !== null && (counted || count > end)) {
      length.value = Math.max(count, end)
      exact.value = counted
    } else if ((length.value ?? 0) <= end && !exact.value) {
      length.value = end + PAGE_ROWS // A full page where the estimate ends: there is more.
    }
  }

  /** Where the page before ends, unless that is old news. */
  function endBefore(pageIndex: number): Cursor | null {
    const before = pageIndex - 1
    const isCurrent = fresh && pages.value.get(before)?.length === PAGE_ROWS && !stale.has(before) && !flights.has(before)
    return (isCurrent && ends.get(before)) || null
  }

  function store(pageIndex: number, { ids, end = null }: Fetched) {
    hold(ids)
    if (end) ends.set(pageIndex, end)
    else ends.delete(pageIndex)
    const before = pages.value.get(pageIndex)
    if (before) release(before)
    pages.value.delete(pageIndex)
    pages.value.set(pageIndex, ids)
    for (const [index, old] of pages.value) {
      if (pages.value.size <= MOST_PAGES) break
      pages.value.delete(index)
      ends.delete(index)
      release(old)
    }
    triggerRef(pages)
  }

  async function load(pageIndex: number) {
    const abort = new AbortController()
    flights.set(pageIndex, abort)
    stale.delete(pageIndex)
    const own = epoch
    try {
      const counted = length.value === null || !fresh
      const after = counted ? null : endBefore(pageIndex)
      const answer = await fetch({ offset: pageIndex * PAGE_ROWS, limit: PAGE_ROWS, after, counted, signal: abort.signal })
      if (own !== epoch) return
      // The new rows are held before the old ones are let go: a row that is in both must not be forgotten in between.
      const former = fresh ? [] : [...pages.value.values()]
      answer.put?.()
      if (!fresh) {
        pages.value.clear()
        ends.clear()
        length.value = null
        exact.value = false
        fresh = true
      }
      store(pageIndex, answer)
      former.forEach(release)
      learnLength(pageIndex, answer)
      error.value = null
      loading.value = false
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (own !== epoch || failure.aborted) return
      error.value = failure
      loading.value = false
    } finally {
      if (flights.get(pageIndex) === abort) flights.delete(pageIndex)
      if (own === epoch && fresh) wanted()
    }
  }

  function pagesInWindow(): number[] {
    const most = length.value === null ? 0 : Math.max(0, Math.ceil(length.value / PAGE_ROWS) - 1)
    const first = Math.min(Math.floor(window[0] / PAGE_ROWS), most)
    const last = Math.min(Math.floor(window[1] / PAGE_ROWS), most)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }

  /** Fetches what the window lacks. */
  function wanted() {
    if (error.value) return
    const needed = pagesInWindow()
    for (const [index, abort] of flights) {
      if (needed.includes(index)) continue
      abort.abort()
      flights.delete(index)
    }
    for (const index of needed) {
      if (flights.size >= MOST_IN_FLIGHT) return
      const known = pages.value.get(index)
      if (known && !stale.has(index)) {
        pages.value.delete(index) // Moves to the end: used last.
        pages.value.set(index, known)
      } else if (!flights.has(index)) {
        void load(index)
      }
    }
  }

  function giveUp() {
    flights.forEach((abort) => abort.abort())
    flights.clear()
  }

  return {
    length,
    exact,
    error,
    loading,
    idAt: (index) => pages.value.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    indexOf(id) {
      for (const [index, ids] of pages.value) {
        const place = ids.indexOf(id)
        if (place >= 0) return index * PAGE_ROWS + place
      }
      return -1
    },
    show(first, last) {
      window = [Math.max(0, first), Math.max(0, last)]
      if (fresh) wanted()
    },
    restart() {
      epoch += 1
      giveUp()
      stale.clear()
      fresh = false
      error.value = null
      loading.value = true
      window = [0, PAGE_ROWS - 1]
      void load(0)
    },
    refresh() {
      error.value = null
      giveUp()
      if (!fresh) {
        epoch += 1
        loading.value = true
        void load(0)
        return
      }
      exact.value = false
      for (const index of pages.value.keys()) stale.add(index)
      wanted()
    },
    dispose() {
      epoch += 1
      giveUp()
      for (const ids of pages.value.values()) release(ids)
      pages.value.clear()
    },
  }
}
