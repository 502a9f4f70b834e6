// The dashboard's figures: shown at once from the last visit, fetched anew, refreshed when colleagues change something.
import { computed, onScopeDispose, shallowRef } from 'vue'
import { errorFromThrown, type ApiError } from '@/api/error'
import { call } from '@/api/http'
import { debounce } from '@/lib/timing'
import { useLive } from '@/live/use-live'
import { contactName, learnName } from '@/store/names'
import { useSession } from '@/store/session'
import { tables } from '@/store/tables'
import type { Metrics } from './metrics'

const REFRESH_PAUSE_MS = 800

/** The figures of the last visit, and whose they are: another person must not see them. */
let seen: { whose: string; metrics: Metrics } | null = null

export function useMetrics() {
  const session = useSession()
  const whose = computed(() => `${session.workspace?.id} ${session.user?.id}`)
  const metrics = shallowRef<Metrics | null>(seen && session.user && seen.whose === whose.value ? seen.metrics : null)
  const error = shallowRef<ApiError | null>(null)
  let abort: AbortController | undefined

  async function load() {
    abort?.abort()
    const own = (abort = new AbortController())
    try {
      const found = await call<Metrics>('GET', '/api/dashboard/metrics', { signal: own.signal })
      learn(found)
      metrics.value = found
      if (session.user) seen = { whose: whose.value, metrics: found }
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (!failure.aborted) error.value = failure
    }
  }
  const soon = debounce(() => void load(), REFRESH_PAUSE_MS)

  void load()
  useLive(['opportunities', 'activities', 'contacts', 'organizations'], { changes: () => soon(), resync: () => soon() })
  onScopeDispose(() => {
    abort?.abort()
    soon.cancel()
  })
  return { metrics, error, reload: () => void load() }
}

/** Tasks become rows of the store, so that checking one off here works as everywhere; names are remembered for links. */
function learn({ my_tasks, recent_activity }: Metrics) {
  for (const item of [...my_tasks.items, ...recent_activity]) {
    learnName('contacts', item.contact_id, item.contact_name ?? (item.contact_id ? contactName({}) : null))
    learnName('organizations', item.organization_id, item.organization_name)
    learnName('opportunities', item.opportunity_id, item.opportunity_name)
  }
  for (const task of my_tasks.items) {
    if (!tables.activities.has(task.id)) tables.activities.put({ priority: 'normal', body: null, done_at: null, deleted_at: null, ...task })
  }
}
