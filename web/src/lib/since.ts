// Spans of time that lists can be narrowed to.
export const SPANS = [
  { value: 'today', label: 'Today', days: 0 },
  { value: '7d', label: 'Last 7 days', days: 7 },
  { value: '30d', label: 'Last 30 days', days: 30 },
  { value: '90d', label: 'Last 90 days', days: 90 },
  { value: '365d', label: 'Last 12 months', days: 365 },
] as const

export function spanLabel(value: string): string {
  return SPANS.find((span) => span.value === value)?.label ?? value
}

/** The instant a span begins, at midnight of the reader's day; undefined for an unknown one. */
export function spanStart(value: string, now: Date = new Date()): string | undefined {
  const span = SPANS.find((candidate) => candidate.value === value)
  if (!span) return undefined
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - span.days).toISOString()
}
