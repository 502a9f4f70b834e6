// One import on its page: watched while the server works on it, its plan saved as it is edited.
//
// In: the id. Out: the import, what is being done with it, how to go on.
// Invariant: the plan on screen is the newest edit; an answer to an older one does not replace it.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { RowId } from '@/api/records'
import { debounce } from '@/lib/timing'
import { useLive } from '@/live/use-live'
import { toast } from '@/ui/toast'
import { dryRun, fetchFields, fetchImport, runImport, savePlan, undoImport } from './api'
import { isWorking, type Import, type ImportPlan, type TableChoice } from './import'

const POLL_MS = 1000
const SAVE_PAUSE_MS = 250

export function useImport(id: () => RowId) {
  const it = shallowRef<Import | null>(null)
  const tables = shallowRef<readonly TableChoice[]>([])
  const error = shallowRef<ApiError | null>(null)
  /** What the server said against the plan or a command; `field` is a path into the plan. */
  const objection = shallowRef<ApiError | null>(null)
  const busy = shallowRef(false)
  const plan = shallowRef<ImportPlan | null>(null)
  const unsaved = shallowRef(false)
  let edits = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let abort: AbortController | undefined

  const working = computed(() => it.value !== null && isWorking(it.value))

  function take(found: Import) {
    it.value = found
    if (!unsaved.value && found.plan) plan.value = found.plan
    clearTimeout(timer)
    if (isWorking(found)) timer = setTimeout(() => void load(), POLL_MS)
  }

  async function load() {
    abort?.abort()
    const own = (abort = new AbortController())
    try {
      take(await fetchImport(id(), own.signal))
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (failure.aborted) return
      if (!it.value) error.value = failure
      else if (working.value) timer = setTimeout(() => void load(), POLL_MS * 2) // Still running there; look again.
    }
  }

  async function store(): Promise<boolean> {
    if (!plan.value || !unsaved.value) return true
    const own = edits
    try {
      const saved = await savePlan(id(), plan.value)
      if (own === edits) unsaved.value = false
      objection.value = null
      take(saved)
      return own === edits || store()
    } catch (thrown) {
      objection.value = errorFromThrown(thrown)
      return false
    }
  }
  const storeSoon = debounce(() => void store(), SAVE_PAUSE_MS)

  function edit(next: ImportPlan) {
    edits += 1
    plan.value = next
    unsaved.value = true
    objection.value = null
    storeSoon()
  }

  /** Saves what is not saved yet, then sends a command; true when the server took it. */
  async function command(send: () => Promise<Import>, failed: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    storeSoon.cancel()
    try {
      if (!(await store())) return false
      take(await send())
      objection.value = null
      return true
    } catch (thrown) {
      objection.value = errorFromThrown(thrown)
      toast({ kind: 'error', title: failed, text: objection.value.message })
      return false
    } finally {
      busy.value = false
    }
  }

  watch(id, () => {
    it.value = null
    plan.value = null
    unsaved.value = false
    void load()
  }, { immediate: true })
  void fetchFields().then((found) => (tables.value = found), (thrown: unknown) => (error.value ??= errorFromThrown(thrown)))
  useLive('imports', {
    changes(batch) {
      const change = batch.findLast((each) => each.id === id())
      const row = change?.row as unknown as Partial<Import> | null | undefined
      if (!row || !it.value) return
      // Progress is in the row itself; problems and questions are not, so a new state is fetched whole.
      if (row.state === it.value.state && row.progress) it.value = { ...it.value, progress: row.progress }
      else void load()
    },
    resync: () => void load(),
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    abort?.abort()
    storeSoon.flush()
  })

  return {
    it, plan, tables, error, objection, busy, unsaved, working, edit,
    reload: () => void load(),
    save: () => {
      storeSoon.cancel()
      return store()
    },
    dryRun: () => command(() => dryRun(id()), 'The dry run did not start'),
    run: () => command(() => runImport(id()), 'The import did not start'),
    undo: (edited: 'keep' | 'undo' | null) => command(() => undoImport(id(), edited), 'The undo did not start'),
  }
}
