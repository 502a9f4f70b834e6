import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { opportunityFields, opportunitySchema, type OpportunityFields } from './opportunity-form'

function wrong(given: Partial<OpportunityFields>) {
  const result = safeParse(opportunitySchema, { ...opportunityFields({ name: 'Deal', stage_id: 's' }, 'USD'), ...given })
  return result.success ? result.output : result.issues.map((issue) => issue.path?.[0]?.key)
}

describe('a new opportunity', () => {
  it('needs a name and a stage; everything else may be empty', () => {
    expect(wrong({})).toMatchObject({ name: 'Deal', amount: 0, currency: 'USD', source: null, organization_id: null })
    expect(wrong({ name: '  ' })).toEqual(['name'])
    expect(wrong({ stage_id: null })).toEqual(['stage_id'])
  })

  it('says beside the field what is wrong with it', () => {
    expect(wrong({ amount: -1 })).toEqual(['amount'])
    expect(wrong({ currency: 'dollars' })).toEqual(['currency'])
    expect(wrong({ expected_close_date: '23.11.2026' })).toEqual(['expected_close_date'])
    expect(wrong({ currency: 'eur' })).toMatchObject({ currency: 'EUR' })
  })
})
