import { describe, expect, it } from 'vitest'
import {
  emptyBoard, findCard, moveTo, neighbour, stepTarget, withCard, withPage, withTotals, withoutCard,
  type Board, type BoardStage, type Placed,
} from './board'

const stages: BoardStage[] = [
  { id: 'new', probability_percent: 10 },
  { id: 'offer', probability_percent: 50 },
  { id: 'won', probability_percent: 100 },
]

function card(id: string, stage_id: string, board_position: string, amount = 100): Placed {
  const probability_percent = stages.find((stage) => stage.id === stage_id)?.probability_percent ?? 0
  return { id, stage_id, board_position, amount, probability_percent }
}

/** new: a b c (of 5, more to load), offer: d, won: nothing. */
function sample(): Board<Placed, BoardStage> {
  let board = emptyBoard<Placed, BoardStage>(stages)
  board = withTotals(board, (id) => {
    if (id === 'new') return { count: 5, amount: 500, weighted_amount: 50 }
    return id === 'offer' ? { count: 1, amount: 100, weighted_amount: 50 } : undefined
  })
  board = withPage(board, 'new', [card('b', 'new', 'H'), card('a', 'new', 'A'), card('c', 'new', 'V')], false)
  board = withPage(board, 'offer', [card('d', 'offer', 'M')], true)
  return withPage(board, 'won', [], true)
}

const ids = (board: Board<Placed, BoardStage>) => board.map((column) => column.cards.map((each) => each.id).join(''))
const totals = (board: Board<Placed, BoardStage>, index: number) => board[index]?.totals

function move(board: Board<Placed, BoardStage>, id: string, stage_id: string, index: number) {
  const moving = findCard(board, id)
  const change = moving && moveTo(board, moving, { stage_id, index })
  return moving && change ? withCard(board, { ...moving, ...change }) : board
}

describe('the board', () => {
  it('shows each page in order and never a card twice', () => {
    const board = withPage(sample(), 'new', [card('c', 'new', 'V'), card('e', 'new', 'X')], true)
    expect(ids(board)).toEqual(['abce', 'd', ''])
  })

  it.each([
    ['c', 'new', 0, ['cab', 'd', '']],
    ['a', 'new', 2, ['bac', 'd', '']],
    ['a', 'new', 1, ['bac', 'd', '']],
    ['b', 'offer', 0, ['ac', 'bd', '']],
    ['b', 'offer', 1, ['ac', 'db', '']],
    ['b', 'offer', 99, ['ac', 'db', '']],
    ['d', 'won', 0, ['abc', '', 'd']],
  ])('moves %s to %s at %i', (id, stage, index, expected) => {
    expect(ids(move(sample(), id, stage, index))).toEqual(expected)
  })

  it('writes nothing when a card is dropped where it was', () => {
    const board = sample()
    const b = card('b', 'new', 'H')
    expect(moveTo(board, b, { stage_id: 'new', index: 1 })).toBeUndefined()
  })

  it('moves the totals with the card, weighted by the stage it enters', () => {
    const board = move(sample(), 'b', 'offer', 0)
    expect(totals(board, 0)).toEqual({ count: 4, amount: 400, weighted_amount: 40 })
    expect(totals(board, 1)).toEqual({ count: 2, amount: 200, weighted_amount: 100 })
  })

  it('follows a changed amount without moving the card', () => {
    const board = withCard(sample(), card('b', 'new', 'H', 300))
    expect(ids(board)).toEqual(['abc', 'd', ''])
    expect(totals(board, 0)).toEqual({ count: 5, amount: 700, weighted_amount: 70 })
  })

  it('counts a new card and a removed one', () => {
    const more = withCard(sample(), card('x', 'offer', 'A'), { isNew: true })
    expect(ids(more)[1]).toBe('xd')
    expect(totals(more, 1)?.count).toBe(2)
    const less = withoutCard(more, 'd')
    expect(ids(less)[1]).toBe('x')
    expect(totals(less, 1)).toEqual({ count: 1, amount: 100, weighted_amount: 50 })
  })

  it('keeps a card below the loaded part out of sight until its page loads', () => {
    const board = withCard(sample(), card('z', 'new', 'z'))
    expect(ids(board)[0]).toBe('abc')
    expect(totals(board, 0)?.count).toBe(5)
  })

  it('leaves untouched columns as they were, so that they do not render again', () => {
    const board = sample()
    const after = move(board, 'b', 'new', 0)
    expect(after[1]).toBe(board[1])
    expect(after[2]).toBe(board[2])
  })

  it('finds a place above cards that share one key', () => {
    let board = emptyBoard<Placed, BoardStage>(stages)
    board = withPage(board, 'new', [card('a', 'new', 'H'), card('b', 'new', 'H'), card('c', 'new', 'H')], true)
    board = withPage(board, 'offer', [card('d', 'offer', 'M')], true)
    expect(ids(move(board, 'd', 'new', 2))[0]).toBe('dabc')
    expect(ids(move(board, 'd', 'new', 3))[0]).toBe('abcd')
  })

  it('steps a card by keyboard and stops at the edges', () => {
    const board = sample()
    expect(stepTarget(board, 'a', 'up')).toBeUndefined()
    expect(stepTarget(board, 'a', 'down')).toEqual({ stage_id: 'new', index: 1 })
    expect(stepTarget(board, 'c', 'top')).toEqual({ stage_id: 'new', index: 0 })
    expect(stepTarget(board, 'c', 'down')).toBeUndefined()
    expect(stepTarget(board, 'c', 'right')).toEqual({ stage_id: 'offer', index: 1 })
    expect(stepTarget(board, 'a', 'left')).toBeUndefined()
  })

  it('walks focus over the board, past empty columns', () => {
    const board = move(sample(), 'd', 'won', 0)
    expect(neighbour(board, 'c', 'right')?.id).toBe('d')
    expect(neighbour(board, 'd', 'left')?.id).toBe('a')
    expect(neighbour(board, 'a', 'down')?.id).toBe('b')
    expect(neighbour(board, 'a', 'up')).toBeUndefined()
  })
})
