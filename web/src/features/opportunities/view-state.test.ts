import { describe, expect, it } from 'vitest'
import { sortTerms } from './view-state'

describe('the order of the opportunities list', () => {
  it('is total: the id decides ties, in the direction of the index', () => {
    expect(sortTerms('expected_close_date')).toEqual([
      { column: 'expected_close_date', ascending: true },
      { column: 'id', ascending: true },
    ])
    expect(sortTerms('-amount')[0]).toEqual({ column: 'amount', ascending: false })
  })

  it('is newest first when the address asks for an unknown one', () => {
    expect(sortTerms('-password')).toEqual(sortTerms('-created_at'))
  })
})
