import { describe, expect, it } from 'vitest'
import { movedStage, placeForNew, stageKey, type Ordered } from './stages'

const stages: Ordered[] = [
  { id: 'a', position: 10, kind: 'open' },
  { id: 'b', position: 20, kind: 'open' },
  { id: 'won', position: 30, kind: 'won' },
  { id: 'lost', position: 40, kind: 'lost' },
]

describe('the stages of a pipeline', () => {
  it('swap places and write only what changed', () => {
    expect(movedStage(stages, 'b', -1)).toEqual([{ id: 'b', position: 10 }, { id: 'a', position: 20 }])
    expect(movedStage(stages, 'won', 1)).toHaveLength(2)
  })

  it('do not leave the list, and open ones stay before closed ones', () => {
    expect(movedStage(stages, 'a', -1)).toEqual([])
    expect(movedStage(stages, 'b', 1)).toEqual([])
    expect(movedStage(stages, 'lost', 1)).toEqual([])
  })

  it('get keys of their own', () => {
    expect(stageKey('Démo gehalten', [])).toBe('DEMO_GEHALTEN')
    expect(stageKey('Proposal', ['PROPOSAL', 'PROPOSAL_2'])).toBe('PROPOSAL_3')
    expect(stageKey('…', [])).toBe('STAGE')
  })

  it('make room for a new open one', () => {
    expect(placeForNew(stages)).toEqual({ position: 21, shift: [] })
    const tight = stages.map((stage, index) => ({ ...stage, position: index }))
    expect(placeForNew(tight)).toEqual({ position: 2, shift: [{ id: 'won', position: 3 }, { id: 'lost', position: 4 }] })
  })
})
