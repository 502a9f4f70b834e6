// One record on a page: shown at once from memory when a list had it, fetched whole, kept live.
//
//   const { row, state, error, reload } = useRecord('contacts', () => props.id)
import { computed, onScopeDispose, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { db, one } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { RowId, TableName, Tables } from '@/api/records'
import { useLive } from '@/live/use-live'
import { rowsOf } from './tables'

export type RecordState = 'loading' | 'ready' | 'missing' | 'failed'

export interface OpenRecord<R> {
  row: ComputedRef<Readonly<R> | undefined>
  state: ShallowRef<RecordState>
  /** All columns are here, not only those that a list shows. */
  complete: ShallowRef<boolean>
  error: ShallowRef<ApiError | null>
  reload: () => Promise<void>
}

export function useRecord<T extends TableName>(table: T, id: MaybeRefOrGetter<RowId>): OpenRecord<Tables[T]> {
  const rows = rowsOf(table)
  const state = shallowRef<RecordState>('loading')
  const complete = shallowRef(false)
  const error = shallowRef<ApiError | null>(null)
  const row = computed(() => rows.get(toValue(id)))
  let abort: AbortController | undefined

  async function reload() {
    const wanted = toValue(id)
    abort?.abort()
    const own = (abort = new AbortController())
    try {
      const found = await one<Tables[T]>(db.from(table).select('*').eq('id', wanted).abortSignal(own.signal).maybeSingle())
      if (found) rows.put(found)
      complete.value = found !== null
      state.value = found ? 'ready' : 'missing'
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (failure.aborted) return
      // A malformed id is simply no record.
      state.value = failure.code === '22P02' ? 'missing' : 'failed'
      error.value = failure
    }
  }

  watch(
    () => toValue(id),
    (next, previous) => {
      rows.hold([next])
      if (previous) rows.release([previous])
      complete.value = false
      state.value = rows.has(next) ? 'ready' : 'loading'
      void reload()
    },
    { immediate: true },
  )
  useLive(table, { resync: () => void reload() })
  onScopeDispose(() => {
    abort?.abort()
    rows.release([toValue(id)])
  })
  return { row, state, complete, error, reload }
}
