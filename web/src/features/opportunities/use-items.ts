// The line items of one opportunity: shown, added, changed and removed in place, kept live.
import { computed, shallowRef, watch } from 'vue'
import { db, insertRow, rows } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { OpportunityItem, Product, RowId } from '@/api/records'
import { newId } from '@/lib/new-id'
import { useLive } from '@/live/use-live'
import { useHeld } from '@/store/held'
import { changeRow, optimistic, trashRow } from '@/store/optimistic'
import { tables } from '@/store/tables'
import type { Choice } from '@/ui/choice'

export function useItems(opportunityId: () => RowId) {
  const ids = shallowRef<readonly RowId[]>([])
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)

  const items = computed(() =>
    ids.value
      .map((id) => tables.opportunity_items.get(id))
      .filter((item): item is OpportunityItem => !!item && !item.deleted_at && item.opportunity_id === opportunityId())
      .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1)),
  )
  const total = computed(() => items.value.reduce((sum, item) => sum + item.quantity * item.unit_price, 0))

  async function load() {
    loading.value = true
    try {
      const found = await rows<OpportunityItem>(
        db.from('opportunity_items').select('*').eq('opportunity_id', opportunityId()).is('deleted_at', null).order('position').limit(500),
      )
      tables.opportunity_items.putAll(found)
      ids.value = found.map((item) => item.id)
      error.value = null
    } catch (thrown) {
      error.value = errorFromThrown(thrown)
    }
    loading.value = false
  }

  /** Adds a product at its list price, or a line with a name of its own. */
  async function add(line: Pick<OpportunityItem, 'name' | 'unit_price'> & { product_id: RowId | null }) {
    const position = (items.value.at(-1)?.position ?? 0) + 1
    const draft = { id: newId(), opportunity_id: opportunityId(), quantity: 1, position, ...line }
    await optimistic({
      show: () => {
        tables.opportunity_items.put({ ...draft, version: 0, deleted_at: null })
        ids.value = [...ids.value, draft.id]
        return () => undefined
      },
      send: () => insertRow('opportunity_items', draft),
      confirm: (row) => tables.opportunity_items.put(row),
      failed: 'The line was not added',
    }).catch(() => (ids.value = ids.value.filter((id) => id !== draft.id)))
  }

  const change = (id: RowId, patch: Partial<OpportunityItem>) =>
    changeRow('opportunity_items', id, patch, { failed: 'The line was not changed' }).catch(() => undefined)
  const remove = (id: RowId) => trashRow('opportunity_items', id, 'Line').catch(() => undefined)

  useHeld('opportunity_items', ids)
  watch(opportunityId, () => void load(), { immediate: true })
  useLive('opportunity_items', {
    changes(batch) {
      const fresh = batch
        .filter((change) => (change.row as OpportunityItem | null)?.opportunity_id === opportunityId())
        .map((change) => change.id)
        .filter((id) => !ids.value.includes(id))
      if (fresh.length) ids.value = [...ids.value, ...fresh]
    },
    resync: () => void load(),
  })
  return { items, total, loading, error, add, change, remove, reload: load }
}

const prices = new Map<RowId, Pick<Product, 'name' | 'price'>>()

/** Products by a part of their name; the list price is shown beside. */
export async function searchProducts(text: string, signal: AbortSignal, money: (price: number) => string): Promise<Choice[]> {
  let query = db.from('products').select('id,name,price').is('deleted_at', null).is('is_active', true)
  const fragment = text.replace(/[*%\\"(),]/g, ' ').trim()
  if (fragment) query = query.ilike('name', `*${fragment}*`)
  const found = await rows<Pick<Product, 'id' | 'name' | 'price'>>(query.order('name').limit(20).abortSignal(signal))
  return found.map(({ id, name, price }) => {
    prices.set(id, { name, price })
    return { value: id, label: name, detail: money(price) }
  })
}

/** A product that a search has brought. */
export function foundProduct(id: RowId): Pick<Product, 'name' | 'price'> | undefined {
  return prices.get(id)
}

/** Writes the sum of the lines into the amount of the opportunity. */
export function takeTotal(opportunityId: RowId, total: number): Promise<unknown> {
  return changeRow('opportunities', opportunityId, { amount: Math.round(total * 100) / 100 }, { undo: 'Amount set to the sum of the lines' })
    .catch(() => undefined)
}

