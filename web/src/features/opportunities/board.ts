// The board as data: columns of cards in order, and the totals above them.
//
// In: stages, pages of cards as they load, one card at a time as it changes (by me or by a colleague).
// Out: a new board each time; untouched columns keep their identity, so only changed ones render again.
// Invariant: no I/O and no clock. A column holds the first part of its stage without gaps; a card beyond that part
// is counted in the totals but not shown until its page loads.

import { keyBetween } from '@/lib/fraction'

/** What the board must know of an opportunity to place and count it. */
export interface Placed {
  readonly id: string
  readonly stage_id: string
  readonly board_position: string
  readonly amount: number
  readonly probability_percent: number
}

/** The part of a stage the board needs. */
export interface BoardStage {
  readonly id: string
  readonly probability_percent: number
}

/** What stands above a column, for the whole stage and not only for the loaded cards. */
export interface Totals {
  readonly count: number
  readonly amount: number
  readonly weighted_amount: number
}

export interface Column<C extends Placed, S extends BoardStage> {
  readonly stage: S
  readonly cards: readonly C[]
  readonly totals: Totals
  /** True when every card of the stage is loaded. */
  readonly whole: boolean
}

export type Board<C extends Placed, S extends BoardStage> = readonly Column<C, S>[]

/** Where a card goes: the stage and its index among the cards there, the moving card itself left out. */
export interface Target {
  readonly stage_id: string
  readonly index: number
}

export const NO_TOTALS: Totals = { count: 0, amount: 0, weighted_amount: 0 }

/** An empty board: one column per stage, nothing loaded. */
export function emptyBoard<C extends Placed, S extends BoardStage>(stages: readonly S[]): Board<C, S> {
  return stages.map((stage) => ({ stage, cards: [], totals: NO_TOTALS, whole: false }))
}

/** Puts the server's totals above the columns; a stage it does not name has none. */
export function withTotals<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  totalsOf: (stageId: string) => Totals | undefined,
): Board<C, S> {
  return board.map((column) => {
    const totals = totalsOf(column.stage.id) ?? NO_TOTALS
    return sameTotals(totals, column.totals) ? column : { ...column, totals }
  })
}

/** Adds the next page of a stage; cards already there are replaced, not doubled. */
export function withPage<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  stageId: string,
  page: readonly C[],
  whole: boolean,
): Board<C, S> {
  return board.map((column) => {
    if (column.stage.id !== stageId) return column
    const fresh = new Set(page.map((card) => card.id))
    const cards = [...column.cards.filter((card) => !fresh.has(card.id)), ...page].sort(inOrder)
    return { ...column, cards, whole }
  })
}

/** The card wherever it is shown. */
export function findCard<C extends Placed, S extends BoardStage>(board: Board<C, S>, id: string): C | undefined {
  for (const column of board) {
    const card = column.cards.find((candidate) => candidate.id === id)
    if (card) return card
  }
  return undefined
}

/**
 * Shows a card as it is now: new, changed or moved. The totals follow when the card's former state is known (the card
 * on the board, else `before`); a card that was never seen counts as new only when `isNew` says so.
 */
export function withCard<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  card: C,
  known: { before?: Placed | undefined; isNew?: boolean } = {},
): Board<C, S> {
  const shown = findCard(board, card.id)
  if (shown === card) return board
  const before = shown ?? known.before
  const isNew = known.isNew ?? false
  return board.map((column) => {
    const leaves = before?.stage_id === column.stage.id
    const enters = card.stage_id === column.stage.id
    if (!leaves && !enters) return column
    let { cards, totals } = column
    if (leaves && before) {
      cards = cards.filter((other) => other.id !== card.id)
      totals = minus(totals, before)
    }
    if (enters) {
      if (column.whole || isInLoadedPart(cards, card)) cards = inserted(cards, card)
      if (before || isNew) totals = plus(totals, card)
    }
    return { ...column, cards, totals }
  })
}

/** Takes a card off the board; one that is not shown leaves the totals when its former state is known. */
export function withoutCard<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  id: string,
  before?: Placed,
): Board<C, S> {
  const card = findCard(board, id) ?? before
  if (!card) return board
  return board.map((column) => {
    if (column.stage.id !== card.stage_id) return column
    return { ...column, cards: column.cards.filter((other) => other.id !== id), totals: minus(column.totals, card) }
  })
}

/** What a move writes: the stage, a key between the new neighbours, and the probability the stage implies. */
export function moveTo<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  card: C,
  target: Target,
): Pick<Placed, 'stage_id' | 'board_position' | 'probability_percent'> | undefined {
  const column = board.find((candidate) => candidate.stage.id === target.stage_id)
  if (!column) return undefined
  const others = column.cards.filter((other) => other.id !== card.id)
  // Below the last loaded card nobody knows the next key, so the lowest place on offer is above it.
  const lowest = column.whole ? others.length : Math.max(0, others.length - 1)
  const index = Math.max(0, Math.min(target.index, lowest))
  if (card.stage_id === target.stage_id && column.cards[index]?.id === card.id) return undefined
  const after = others[index]?.board_position ?? null
  // Two clients may have given the same key; the new one then goes above all cards that share it.
  let above = index - 1
  while (above >= 0 && after !== null && (others[above]?.board_position ?? '') >= after) above -= 1
  const before = others[above]?.board_position ?? null
  return {
    stage_id: target.stage_id,
    board_position: keyBetween(before, after),
    probability_percent:
      card.stage_id === target.stage_id ? card.probability_percent : column.stage.probability_percent,
  }
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'top' | 'bottom'

/** Where a card lands when the keyboard pushes it one step; undefined at an edge. */
export function stepTarget<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  id: string,
  step: Step,
): Target | undefined {
  const columnIndex = board.findIndex((column) => column.cards.some((card) => card.id === id))
  const column = board[columnIndex]
  if (!column) return undefined
  const index = column.cards.findIndex((card) => card.id === id)
  const last = column.cards.length - 1
  if (step === 'left' || step === 'right') {
    const beside = board[columnIndex + (step === 'right' ? 1 : -1)]
    return beside && { stage_id: beside.stage.id, index: Math.min(index, beside.cards.length) }
  }
  const next = { up: index - 1, down: index + 1, top: 0, bottom: last }[step]
  return next < 0 || next > last || next === index ? undefined : { stage_id: column.stage.id, index: next }
}

/** The neighbour that receives focus when the arrow keys walk over the board. */
export function neighbour<C extends Placed, S extends BoardStage>(
  board: Board<C, S>,
  id: string,
  step: 'up' | 'down' | 'left' | 'right',
): C | undefined {
  const columnIndex = board.findIndex((column) => column.cards.some((card) => card.id === id))
  const index = board[columnIndex]?.cards.findIndex((card) => card.id === id) ?? -1
  if (index < 0) return undefined
  if (step === 'up' || step === 'down') return board[columnIndex]?.cards[index + (step === 'down' ? 1 : -1)]
  const direction = step === 'right' ? 1 : -1
  for (let beside = columnIndex + direction; board[beside]; beside += direction) {
    const cards = board[beside]?.cards ?? []
    if (cards.length > 0) return cards[Math.min(index, cards.length - 1)]
  }
  return undefined
}

/** Order on the board: by key, then by id, as the server sorts. */
export function inOrder(one: Placed, other: Placed): number {
  if (one.board_position !== other.board_position) return one.board_position < other.board_position ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

function inserted<C extends Placed>(cards: readonly C[], card: C): C[] {
  let low = 0
  let high = cards.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = cards[middle]
    if (other && inOrder(other, card) < 0) low = middle + 1
    else high = middle
  }
  return [...cards.slice(0, low), card, ...cards.slice(low)]
}

function isInLoadedPart(cards: readonly Placed[], card: Placed): boolean {
  const last = cards.at(-1)
  return last !== undefined && inOrder(card, last) < 0
}

function plus(totals: Totals, card: Placed): Totals {
  return {
    count: totals.count + 1,
    amount: totals.amount + card.amount,
    weighted_amount: totals.weighted_amount + weighted(card),
  }
}

function minus(totals: Totals, card: Placed): Totals {
  return {
    count: Math.max(0, totals.count - 1),
    amount: Math.max(0, totals.amount - card.amount),
    weighted_amount: Math.max(0, totals.weighted_amount - weighted(card)),
  }
}

/** Amount times probability. */
export function weighted(card: Pick<Placed, 'amount' | 'probability_percent'>): number {
  return (card.amount * card.probability_percent) / 100
}

function sameTotals(one: Totals, other: Totals): boolean {
  return one.count === other.count && one.amount === other.amount && one.weighted_amount === other.weighted_amount
}
