// What is to be done: the tasks of one tab, for me or for everybody, kept right while others work.
//
// In: the tab, whose. Out: ids in order, counts for the tabs, more on demand.
// Invariant: a task that was checked off here stays in sight, struck through, until the tab changes.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { db, page } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { Activity, RowId } from '@/api/records'
import { dayOf } from '@/lib/days'
import { debounce } from '@/lib/timing'
import { useLive } from '@/live/use-live'
import { useHeld } from '@/store/held'
import { tables } from '@/store/tables'
import type { Query } from '@/store/use-table-list'
import { fetchActivities } from './activity'
import { byDue, dueGroup } from './due'

export type TaskTab = 'today' | 'overdue' | 'upcoming' | 'done'
export const TASK_TABS: readonly TaskTab[] = ['today', 'overdue', 'upcoming', 'done']

const PAGE = 100

export interface TaskQuery {
  readonly tab: TaskTab
  /** Only those of this person; null for everybody's. */
  readonly owner: RowId | null
}

export function useTasks(query: () => TaskQuery) {
  const ids = shallowRef<readonly RowId[]>([])
  const counts = shallowRef<Partial<Record<TaskTab, number>>>({})
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)
  const hasMore = shallowRef(false)
  let abort: AbortController | undefined

  const tasks = computed(() => {
    const shown = ids.value.map((id) => tables.activities.get(id)).filter((row): row is Activity => !!row && !row.deleted_at)
    return query().tab === 'done' ? shown : shown.sort(byDue)
  })

  async function load(more = false) {
    abort?.abort()
    const own = (abort = new AbortController())
    const { tab, owner } = query()
    const from = more ? ids.value.length : 0
    loading.value = true
    try {
      const found = await fetchActivities(
        (request) => sorted(inTab(owned(request, owner), tab), tab).range(from, from + PAGE), own.signal)
      const fresh = found.slice(0, PAGE).map((row) => row.id)
      ids.value = [...new Set(more ? [...ids.value, ...fresh] : fresh)]
      hasMore.value = found.length > PAGE
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (failure.aborted) return
      error.value = failure
    }
    loading.value = false
  }

  async function count() {
    const { owner } = query()
    // Everybody's tasks may be many: they are listed, not counted.
    if (owner === null) return void (counts.value = {})
    const found = await Promise.all(
      TASK_TABS.slice(0, 3).map(async (tab) => {
        const all = db.from('activities').select('id', { count: 'exact' }) as unknown as Query
        const request = inTab(owned(all.is('deleted_at', null), owner), tab)
        return [tab, (await page(request.limit(1))).count ?? 0] as const
      }),
    ).catch(() => [])
    counts.value = Object.fromEntries(found)
  }
  const countSoon = debounce(() => void count(), 400)

  function restart() {
    ids.value = []
    void load()
    void count()
  }

  useHeld('activities', ids)
  watch(() => `${query().tab} ${query().owner}`, restart, { immediate: true })
  useLive('activities', {
    changes(batch) {
      const { tab, owner } = query()
      const today = dayOf(new Date())
      const arrived = batch.map((change) => change.row as Activity | null).filter((row): row is Activity =>
        !!row && !row.deleted_at && dueGroup(row, today) === tab && (row.due_on !== null || row.type === 'task')
        && (owner === null || row.assigned_user_id === owner) && !ids.value.includes(row.id))
      if (arrived.length) ids.value = [...arrived.map((row) => row.id), ...ids.value]
      countSoon()
    },
    resync() {
      void load()
      void count()
    },
  })
  onScopeDispose(() => {
    abort?.abort()
    countSoon.cancel()
  })
  return { tasks, counts, loading, error, hasMore, reload: restart, loadMore: () => load(true), countSoon }
}

function owned(query: Query, owner: RowId | null): Query {
  return owner === null ? query : query.eq('assigned_user_id', owner)
}

function inTab(query: Query, tab: TaskTab): Query {
  const today = dayOf(new Date())
  if (tab === 'done') return query.not('done_at', 'is', null)
  const open = query.is('done_at', null)
  if (tab === 'today') return open.eq('due_on', today)
  return tab === 'overdue' ? open.lt('due_on', today) : open.gt('due_on', today)
}

function sorted(query: Query, tab: TaskTab): Query {
  return tab === 'done'
    ? query.order('occurred_at', { ascending: false }).order('id', { ascending: false })
    : query.order('due_on').order('due_at').order('id')
}
