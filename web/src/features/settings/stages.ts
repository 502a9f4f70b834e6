// Editing the stages of a pipeline.
//
// In: stages in their order. Out: what to write so that the order, a new key or a new stage comes true.
// Invariant: no I/O; open stages stay before the closed ones.

import type { Stage } from '@/api/records'

export type Ordered = Pick<Stage, 'id' | 'position' | 'kind'>

/** The positions to write when a stage moves one place; none at an edge or past the closed stages. */
export function movedStage<S extends Ordered>(stages: readonly S[], id: string, by: -1 | 1): { id: string; position: number }[] {
  const from = stages.findIndex((stage) => stage.id === id)
  const moving = stages[from]
  const other = stages[from + by]
  if (!moving || !other || (moving.kind === 'open') !== (other.kind === 'open')) return []
  const order = stages.map((stage) => stage.id)
  order[from] = other.id
  order[from + by] = moving.id
  return order
    .map((stageId, index) => ({ id: stageId, position: (index + 1) * 10 }))
    .filter(({ id: stageId, position }) => stages.find((stage) => stage.id === stageId)?.position !== position)
}

/** A key for a stage of that name, different from those in use. */
export function stageKey(name: string, taken: readonly string[]): string {
  const base = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'STAGE'
  let key = base
  for (let number = 2; taken.includes(key); number += 1) key = `${base}_${number}`
  return key
}

/** Where a new open stage goes: behind the last open one; the closed ones move back when there is no room. */
export function placeForNew(stages: readonly Ordered[]): { position: number; shift: { id: string; position: number }[] } {
  const lastOpen = stages.filter((stage) => stage.kind === 'open').at(-1)?.position ?? 0
  const closed = stages.filter((stage) => stage.kind !== 'open')
  const firstClosed = Math.min(...closed.map((stage) => stage.position), Number.POSITIVE_INFINITY)
  if (firstClosed - lastOpen > 1) return { position: lastOpen + 1, shift: [] }
  return { position: lastOpen + 1, shift: closed.map((stage, index) => ({ id: stage.id, position: lastOpen + 2 + index })) }
}
