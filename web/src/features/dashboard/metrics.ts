// What the dashboard says, worked out of /api/dashboard/metrics.
//
// In: the metrics as the server sends them.
// Out: key figures with their comparison, chart rows, the next steps of a new workspace.
// Invariant: no I/O and no clock; nothing is counted here that the server has not counted.

import type { ActivityType, RowId, StageKind } from '@/api/records'
import { formatMonth, monthAfter } from '@/lib/days'
import { formatCompactMoney, formatMoney, formatNumber, formatPercent } from '@/lib/format'
import type { MonthColumn } from '@/ui/charts'

export interface StageMetrics {
  readonly pipeline_id: RowId
  readonly pipeline_name: string
  readonly stage_id: RowId
  readonly key: string
  readonly name: string
  readonly kind: StageKind
  readonly position: number
  readonly probability_percent: number
  readonly count: number
  readonly amount: number
  readonly weighted_amount: number
}

export interface MonthMetrics {
  /** `2026-11` */
  readonly month: string
  readonly won_count: number
  readonly won_amount: number
  readonly lost_count: number
}

export interface LinkedNames {
  readonly contact_id: RowId | null
  readonly contact_name: string | null
  readonly organization_id: RowId | null
  readonly organization_name: string | null
  readonly opportunity_id: RowId | null
  readonly opportunity_name: string | null
}

export interface TaskItem extends LinkedNames {
  readonly id: RowId
  readonly type: ActivityType
  readonly subject: string
  readonly due_on: string | null
  readonly due_at: string | null
}

export interface ActivityItem extends LinkedNames {
  readonly id: RowId
  readonly type: ActivityType
  readonly subject: string
  readonly occurred_at: string
  readonly user_id: RowId | null
  readonly user_name: string | null
}

export interface Metrics {
  readonly currency: string
  readonly pipeline: readonly StageMetrics[]
  readonly won_by_month: readonly MonthMetrics[]
  readonly totals: {
    readonly open_count: number
    readonly open_amount: number
    readonly weighted_amount: number
    readonly won_count: number
    readonly won_amount: number
    readonly lost_count: number
    readonly lost_amount: number
    readonly organizations: number
    readonly contacts: number
    readonly opportunities_without_organization: number
  }
  readonly win_rate: number | null
  readonly my_tasks: {
    readonly overdue: number
    readonly today: number
    readonly upcoming: number
    readonly items: readonly TaskItem[]
  }
  readonly recent_activity: readonly ActivityItem[]
}

export interface KeyFigure {
  readonly key: 'open' | 'weighted' | 'won' | 'win_rate'
  readonly label: string
  readonly value: string
  /** The exact amount behind a shortened one. */
  readonly exact: string
  readonly note: string
  readonly trend: 'up' | 'down' | null
}

/** The four figures at the top, each with what it compares to. */
export function keyFigures(metrics: Metrics): KeyFigure[] {
  const { totals, currency, win_rate } = metrics
  const money = (amount: number) => formatCompactMoney(amount, currency)
  const exact = (amount: number) => formatMoney(amount, currency)
  const share = totals.open_amount > 0 ? totals.weighted_amount / totals.open_amount : null
  const change = lastChange(metrics.won_by_month)
  return [
    {
      key: 'open', label: 'Open pipeline', value: money(totals.open_amount), exact: exact(totals.open_amount),
      note: counted(totals.open_count, 'open opportunity', 'open opportunities'), trend: null,
    },
    {
      key: 'weighted', label: 'Weighted', value: money(totals.weighted_amount), exact: exact(totals.weighted_amount),
      note: share === null ? 'Amount × probability' : `${formatPercent(share)} of the open pipeline`, trend: null,
    },
    {
      key: 'won', label: 'Won', value: money(totals.won_amount), exact: exact(totals.won_amount),
      note: change?.note ?? counted(totals.won_count, 'opportunity', 'opportunities'), trend: change?.trend ?? null,
    },
    {
      key: 'win_rate', label: 'Win rate', value: win_rate === null ? '–' : formatPercent(win_rate), exact: '',
      note: win_rate === null ? 'Nothing closed yet' : `${formatNumber(totals.won_count)} won, ${formatNumber(totals.lost_count)} lost`,
      trend: null,
    },
  ]
}

/** The last month against the one before: "+12% in Nov on Oct". */
export function lastChange(months: readonly MonthMetrics[]): { note: string; trend: 'up' | 'down' | null } | undefined {
  const last = months.at(-1)
  const before = months.at(-2)
  if (!last || !before || before.won_amount <= 0) return undefined
  const change = last.won_amount / before.won_amount - 1
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±'
  const note = `${sign}${formatPercent(Math.abs(change))} in ${formatMonth(last.month)} on ${formatMonth(before.month)}`
  return { note, trend: change > 0 ? 'up' : change < 0 ? 'down' : null }
}

/** Twelve months for the chart: gaps are filled, so that a month without a deal is a gap to see. */
export function monthColumns(months: readonly MonthMetrics[]): MonthColumn[] {
  const last = months.at(-1)?.month
  if (!last) return []
  const byMonth = new Map(months.map((month) => [month.month, month]))
  return Array.from({ length: 12 }, (_, index) => {
    const month = monthAfter(`${last}-01`, index - 11)
    const { won_count = 0, won_amount = 0, lost_count = 0 } = byMonth.get(month) ?? {}
    const heading = formatMonth(month, { month: 'long', year: 'numeric' })
    return { month, label: formatMonth(month), heading, won_count, won_amount, lost_count }
  })
}

/** The open stages of one pipeline in order, or of the first one that has any. */
export function openStages(pipeline: readonly StageMetrics[], pipelineId: RowId | null): StageMetrics[] {
  const wanted = pipelineId ?? pipeline[0]?.pipeline_id
  return pipeline
    .filter((stage) => stage.pipeline_id === wanted && stage.kind === 'open')
    .sort((one, other) => one.position - other.position)
}

/** The pipelines the metrics speak of, once each. */
export function pipelinesOf(pipeline: readonly StageMetrics[]): { id: RowId; name: string }[] {
  return [...new Map(pipeline.map((stage) => [stage.pipeline_id, { id: stage.pipeline_id, name: stage.pipeline_name }])).values()]
}

/** True for a workspace that nobody has put anything into. */
export function isNew(metrics: Metrics): boolean {
  const { totals } = metrics
  return totals.contacts + totals.organizations + totals.open_count + totals.won_count + totals.lost_count === 0
}

function counted(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
