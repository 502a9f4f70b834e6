// One table's rows by id. A row is replaced, never edited, so a reader re-renders only for its own row.
//
// In: rows from answers and from the change stream, in any order; edits not yet confirmed.
// Out: the newest known row with the unconfirmed edits on top.
// Whoever shows a row for longer than a moment holds it (useHeld, useRecord, createList do): unheld rows may be forgotten.
// Invariant: an older version never replaces a newer one, and a late answer never revives a deleted row.
import { shallowReactive } from 'vue'
import type { Row, RowId } from '@/api/records'

/** An edit shown before the server has confirmed it. */
interface Edit {
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Rows<R extends Row> {
  /** The row as a person should see it; reactive per id. */
  get(id: RowId | null | undefined): Readonly<R> | undefined
  has(id: RowId): boolean
  /** Every row known now; reactive, for small tables. */
  all(): Readonly<R>[]
  /** Takes a row in; one with fewer columns is laid over what is known. */
  put(row: Partial<R> & { id: RowId; version?: number }): void
  putAll(rows: readonly (Partial<R> & { id: RowId; version?: number })[]): void
  /** Takes in a row that arrived unasked, by the change stream; kept for a while, for an answer that is still on its way. */
  putGuest(row: R): void
  /** Takes a deletion in. */
  remove(id: RowId, version: number): void
  /** Shows an edit at once; the returned function takes it away again. */
  edit(id: RowId, fields: Partial<R>): () => void
  /** Keeps rows in memory until they are released as often as they were held. */
  hold(ids: Iterable<RowId>): void
  release(ids: Iterable<RowId>): void
}

/** So many rows that nobody holds and nobody asked for are remembered. */
const MOST_GUESTS = 2000

export function createRows<R extends Row>(): Rows<R> {
  const shown = shallowReactive(new Map<RowId, Readonly<R>>())
  const confirmed = new Map<RowId, R>()
  const newest = new Map<RowId, number>() // Deletes included: a late answer must not revive a row.
  const edits = new Map<RowId, Edit[]>()
  const holds = new Map<RowId, number>()
  const guests: RowId[] = []

  function forget(id: RowId) {
    if (holds.has(id) || edits.has(id)) return
    confirmed.delete(id)
    newest.delete(id)
    shown.delete(id)
  }

  function show(id: RowId) {
    const base = confirmed.get(id)
    if (!base) {
      shown.delete(id)
      return
    }
    const waiting = edits.get(id)
    shown.set(id, Object.freeze(waiting ? Object.assign({}, base, ...waiting.map((edit) => edit.fields)) : base))
  }

  function put(row: Partial<R> & { id: RowId; version?: number }) {
    const version = Number(row.version ?? 0)
    const known = newest.get(row.id)
    if (known !== undefined && version < known) return
    const base = confirmed.get(row.id)
    if (known !== undefined && !base && version === known) return // Deleted at this very version.
    newest.set(row.id, version)
    confirmed.set(row.id, Object.freeze({ ...base, ...row, version }) as R)
    show(row.id)
  }

  return {
    get: (id) => (id ? shown.get(id) : undefined),
    has: (id) => shown.has(id),
    all: () => [...shown.values()],
    put,
    putAll: (rows) => rows.forEach(put),
    putGuest(row) {
      if (!newest.has(row.id)) guests.push(row.id)
      put(row)
      while (guests.length > MOST_GUESTS) {
        const oldest = guests.shift()
        if (oldest) forget(oldest)
      }
    },
    remove(id, version) {
      if (version < (newest.get(id) ?? 0)) return
      newest.set(id, version)
      confirmed.delete(id)
      show(id)
    },
    edit(id, fields) {
      const edit: Edit = { fields: Object.freeze({ ...fields }) }
      edits.set(id, [...(edits.get(id) ?? []), edit])
      show(id)
      return () => {
        const rest = (edits.get(id) ?? []).filter((other) => other !== edit)
        if (rest.length) edits.set(id, rest)
        else edits.delete(id)
        show(id)
      }
    },
    hold(ids) {
      for (const id of ids) holds.set(id, (holds.get(id) ?? 0) + 1)
    },
    release(ids) {
      for (const id of ids) {
        const left = (holds.get(id) ?? 0) - 1
        if (left > 0) {
          holds.set(id, left)
          continue
        }
        holds.delete(id)
        forget(id)
      }
    },
  }
}
