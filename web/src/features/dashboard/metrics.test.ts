import { describe, expect, it } from 'vitest'
import { isNew, keyFigures, lastChange, monthColumns, openStages, pipelinesOf, type Metrics, type StageMetrics } from './metrics'

const totals = {
  open_count: 0, open_amount: 0, weighted_amount: 0, won_count: 0, won_amount: 0, lost_count: 0, lost_amount: 0,
  organizations: 0, contacts: 0, opportunities_without_organization: 0,
}
const empty: Metrics = {
  currency: 'USD', pipeline: [], won_by_month: [], totals, win_rate: null,
  my_tasks: { overdue: 0, today: 0, upcoming: 0, items: [] }, recent_activity: [],
}
const month = (name: string, won_amount: number) => ({ month: name, won_amount, won_count: 1, lost_count: 2 })
const stage = (pipeline_id: string, name: string, position: number, kind: 'open' | 'won' = 'open'): StageMetrics => ({
  pipeline_id, pipeline_name: pipeline_id.toUpperCase(), stage_id: name, key: name, name, kind, position,
  probability_percent: 10, count: 1, amount: 1, weighted_amount: 1,
})

describe('the dashboard', () => {
  it('shows the figures of the sample export', () => {
    const figures = keyFigures({
      ...empty, win_rate: 4238 / 6711,
      totals: { ...totals, open_count: 2089, open_amount: 1000, weighted_amount: 250, won_count: 4238, won_amount: 10_005_534, lost_count: 2473 },
    })
    expect(figures.map((figure) => figure.key)).toEqual(['open', 'weighted', 'won', 'win_rate'])
    expect(figures[0]?.note).toBe('2,089 open opportunities')
    expect(figures[1]?.note).toBe('25% of the open pipeline')
    expect(figures[2]?.exact).toBe('$10,005,534')
    expect(figures[3]).toMatchObject({ value: '63%', note: '4,238 won, 2,473 lost' })
  })

  it('divides nothing by zero in a new workspace', () => {
    expect(isNew(empty)).toBe(true)
    expect(keyFigures(empty).map((figure) => figure.value).join()).not.toMatch(/NaN|Infinity/)
    expect(monthColumns([])).toEqual([])
  })

  it('compares the last month with the one before', () => {
    expect(lastChange([month('2026-10', 100), month('2026-11', 112)])).toEqual({ note: '+12% in Nov on Oct', trend: 'up' })
    expect(lastChange([month('2026-10', 100), month('2026-11', 50)])?.trend).toBe('down')
    expect(lastChange([month('2026-11', 50)])).toBeUndefined()
    expect(lastChange([month('2026-10', 0), month('2026-11', 50)])).toBeUndefined()
  })

  it('shows twelve months and fills the gaps', () => {
    const columns = monthColumns([month('2026-08', 5), month('2026-11', 7)])
    expect(columns).toHaveLength(12)
    expect(columns[0]?.month).toBe('2025-12')
    expect(columns.map((column) => column.won_amount).filter(Boolean)).toEqual([5, 7])
    expect(columns.at(-1)?.heading).toBe('November 2026')
  })

  it('lists the open stages of one pipeline in order', () => {
    const pipeline = [stage('a', 'late', 2), stage('a', 'early', 1), stage('a', 'won', 3, 'won'), stage('b', 'other', 1)]
    expect(openStages(pipeline, null).map((each) => each.name)).toEqual(['early', 'late'])
    expect(openStages(pipeline, 'b').map((each) => each.name)).toEqual(['other'])
    expect(pipelinesOf(pipeline)).toEqual([{ id: 'a', name: 'A' }, { id: 'b', name: 'B' }])
  })
})
