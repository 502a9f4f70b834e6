// The board on screen: columns load as they are scrolled, moves show at once, what colleagues do arrives by itself.
//
// In: the filter. Out: the board, how to load more, how to move a card.
// Invariant: cards come from the row store; a move or a change only tells the board to place the row anew.
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { db, rows, updateRow } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import { call } from '@/api/http'
import type { Opportunity, RowId, Stage } from '@/api/records'
import { matchingWords } from '@/api/search'
import { monthRange } from '@/lib/days'
import type { Change } from '@/live/changes'
import { useLive } from '@/live/use-live'
import { learnName } from '@/store/names'
import { optimistic } from '@/store/optimistic'
import { stagesOf } from '@/store/pipelines'
import { tables } from '@/store/tables'
import type { Query } from '@/store/use-table-list'
import {
  emptyBoard, moveTo, weighted, withCard, withPage, withTotals, withoutCard, type Board, type Target, type Totals,
} from './board'
import { CARD_COLUMNS, isNarrowed, matches, type Card, type OpportunityFilter } from './opportunity'

const PAGE = 100
const TOTALS_PAUSE_MS = 1500
const REFRESH_MS = 15_000
/** More changes at once than this (an import) are not placed one by one. */
const MANY = 200

export type OpportunityBoard = Board<Card, Stage>

export interface OpenBoard {
  board: ShallowRef<OpportunityBoard>
  loading: ShallowRef<boolean>
  error: ShallowRef<ApiError | null>
  isEmpty: ComputedRef<boolean>
  loadMore: (stageId: RowId) => Promise<void>
  /** Moves a card; resolves to true when the server took it. `extra` travels with the move (a lost reason). */
  move: (id: RowId, target: Target, extra?: Partial<Opportunity>) => Promise<boolean>
  reload: () => void
}

export function useBoard(filter: () => OpportunityFilter): OpenBoard {
  const board = shallowRef<OpportunityBoard>([])
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)
  const inFlight = new Map<RowId, AbortController>()
  const held = new Set<RowId>()
  let epoch = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const stages = computed(() => stagesOf(filter().pipeline_id))
  const key = computed(() => JSON.stringify([filter(), stages.value.map((stage) => stage.id)]))
  const isEmpty = computed(() => board.value.every((column) => column.whole && column.cards.length === 0))

  /** The next cards of a stage, in the store already; the page is whole when nothing follows. */
  async function readPage(stageId: RowId, after: Card | undefined, signal: AbortSignal) {
    let request = narrowed(db.from('opportunities').select(`${CARD_COLUMNS},organization:organizations(name)`), filter())
      .eq('stage_id', stageId)
    if (after) request = request.gte('board_position', after.board_position)
    const found = await rows<Opportunity & { organization: { name: string } | null }>(
      request.order('board_position').order('id').limit(PAGE + 1).abortSignal(signal),
    )
    const cards = found.map(({ organization, ...row }) => {
      learnName('organizations', row.organization_id, organization?.name)
      return row
    })
    return { stageId, cards, whole: found.length <= PAGE }
  }

  function show(onto: OpportunityBoard, { stageId, cards, whole }: Awaited<ReturnType<typeof readPage>>): OpportunityBoard {
    hold(cards.map((card) => card.id))
    tables.opportunities.putAll(cards)
    const shown = cards.map((card) => tables.opportunities.get(card.id) ?? card).filter((card) => card.stage_id === stageId)
    return withPage(onto, stageId, shown, whole)
  }

  async function fetchPage(stageId: RowId) {
    if (inFlight.has(stageId)) return
    const abort = new AbortController()
    inFlight.set(stageId, abort)
    const own = epoch
    const last = board.value.find((column) => column.stage.id === stageId)?.cards.at(-1)
    try {
      const page = await readPage(stageId, last, abort.signal)
      if (own !== epoch) return
      board.value = show(board.value, page)
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (own === epoch && !failure.aborted) error.value = failure
    } finally {
      if (inFlight.get(stageId) === abort) inFlight.delete(stageId)
    }
  }

  /** Reads the heads of all columns again and puts them on screen at once; what is shown stays until then. */
  async function refresh() {
    if (loading.value || error.value) return restart()
    giveUp()
    const own = epoch
    const pages = await Promise.all(
      stages.value.map((stage) => readPage(stage.id, undefined, AbortSignal.timeout(REFRESH_MS))),
    ).catch(() => null)
    if (own !== epoch || !pages) return
    const totals = new Map(board.value.map((column) => [column.stage.id, column.totals]))
    board.value = withTotals(pages.reduce(show, emptyBoard<Card, Stage>(stages.value)), (stageId) => totals.get(stageId))
    await fetchTotals()
  }

  async function fetchTotals() {
    const own = epoch
    const found = await (isNarrowed(filter()) ? groupedTotals(filter()) : overallTotals()).catch(() => null)
    if (own === epoch && found) board.value = withTotals(board.value, (stageId) => found.get(stageId))
  }

  async function restart() {
    giveUp()
    const own = epoch
    loading.value = true
    const former = [...held]
    held.clear()
    board.value = emptyBoard<Card, Stage>(stages.value)
    if (stages.value.length > 0) await Promise.all([fetchTotals(), ...stages.value.map((stage) => fetchPage(stage.id))])
    tables.opportunities.release(former)
    if (own === epoch) loading.value = stages.value.length === 0
  }

  function giveUp() {
    epoch += 1
    inFlight.forEach((abort) => abort.abort())
    inFlight.clear()
    clearTimeout(timer)
    timer = undefined
  }

  function hold(ids: readonly RowId[]) {
    const fresh = ids.filter((id) => !held.has(id))
    tables.opportunities.hold(fresh)
    for (const id of fresh) held.add(id)
  }

  /** Places a row where the store says it is now. */
  function place(id: RowId, before?: Opportunity | null) {
    const row = tables.opportunities.get(id)
    const wasShown = before && matches(before, filter()) ? before : undefined
    if (row && matches(row, filter())) {
      hold([id])
      board.value = withCard(board.value, row, { before: wasShown, isNew: before === null })
    } else {
      board.value = withoutCard(board.value, id, wasShown)
    }
  }

  function totalsSoon() {
    timer ??= setTimeout(() => {
      timer = undefined
      void fetchTotals()
    }, TOTALS_PAUSE_MS)
  }

  function onChanges(batch: readonly Change[]) {
    if (batch.length > MANY) return void refresh()
    for (const change of batch) place(change.id, change.old as Opportunity | null)
    totalsSoon()
  }

  async function move(id: RowId, target: Target, extra: Partial<Opportunity> = {}): Promise<boolean> {
    const row = tables.opportunities.get(id)
    const moved = row && moveTo(board.value, row, target)
    if (!moved) return false
    const { probability_percent, ...placed } = moved
    const stage = stages.value.find((each) => each.id === target.stage_id)
    const shown = { ...placed, probability_percent, ...(stage ? { status: stage.kind } : {}), ...extra }
    try {
      await optimistic({
        show: () => {
          const takeBack = tables.opportunities.edit(id, shown)
          place(id)
          return () => {
            takeBack()
            place(id)
          }
        },
        send: () => updateRow('opportunities', id, { ...placed, ...extra }),
        confirm: (answer) => tables.opportunities.put(answer),
        failed: 'Moving the opportunity failed',
      })
      return true
    } catch {
      return false // The toast has said it; the card is back.
    }
  }

  watch(key, () => void restart(), { immediate: true })
  useLive('opportunities', { changes: onChanges, resync: () => void refresh() })
  onScopeDispose(() => {
    giveUp()
    tables.opportunities.release(held)
  })
  return { board, loading, error, isEmpty, loadMore: fetchPage, move, reload: () => void restart() }
}

/** The filter as conditions of a query; `matches` decides the same for a single row. */
export function narrowed(query: Query, filter: OpportunityFilter): Query {
  let request = query.is('deleted_at', null)
  if (filter.pipeline_id !== null) request = request.eq('pipeline_id', filter.pipeline_id)
  if (filter.owner !== null) request = request.eq('assigned_user_id', filter.owner)
  if (filter.month !== null) {
    const { from, before } = monthRange(filter.month)
    request = request.gte('expected_close_date', from).lt('expected_close_date', before)
  }
  return matchingWords(request, filter.search)
}

async function overallTotals(): Promise<Map<RowId, Totals>> {
  const { pipeline } = await call<{ pipeline: (Totals & { stage_id: RowId })[] }>('GET', '/api/dashboard/metrics')
  return new Map(pipeline.map((entry) => [entry.stage_id, entry]))
}

interface Group {
  stage_id: RowId
  probability_percent: number
  count: number
  sum: number
}

/** Totals of a narrowed board: grouped by probability too, so that the weighted amount is exact. */
async function groupedTotals(filter: OpportunityFilter): Promise<Map<RowId, Totals>> {
  const groups = await rows<Group>(
    narrowed(db.from('opportunities').select('stage_id,probability_percent,count(),amount.sum()'), filter),
  )
  const totals = new Map<RowId, Totals>()
  for (const { stage_id, probability_percent, count, sum } of groups) {
    const before = totals.get(stage_id) ?? { count: 0, amount: 0, weighted_amount: 0 }
    totals.set(stage_id, {
      count: before.count + count,
      amount: before.amount + sum,
      weighted_amount: before.weighted_amount + weighted({ amount: sum, probability_percent }),
    })
  }
  return totals
}
