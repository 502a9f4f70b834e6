// Values as people read them. Formatters are built once per kind: building one costs fifty times as much as using it.
const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()
const relatives = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const EMPTY = ''

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = numbers.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(undefined, options)
  numbers.set(key, made)
  return made
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const known = dates.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(undefined, options)
  dates.set(key, made)
  return made
}

/** 12400 → "12,400". */
export function formatNumber(value: number | null | undefined): string {
  return value == null ? EMPTY : numberFormat({ maximumFractionDigits: 2 }).format(value)
}

/** 12400, "EUR" → "€12,400"; cents only when there are some. */
export function formatMoney(value: number | null | undefined, currency = 'USD'): string {
  if (value == null) return EMPTY
  const digits = Number.isInteger(value) ? 0 : 2
  return numberFormat({ style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}

/** 1240000, "EUR" → "€1.2M": for totals and charts. */
export function formatCompactMoney(value: number | null | undefined, currency = 'USD'): string {
  if (value == null) return EMPTY
  return numberFormat({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** 0.63 → "63%". */
export function formatPercent(share: number | null | undefined): string {
  return share == null ? EMPTY : numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** An instant or a calendar day as a date: "Nov 23, 2026". A bare day is never shifted by the time zone. */
export function formatDate(value: string | null | undefined): string {
  if (!value) return EMPTY
  const bareDay = value.length === 10
  const moment = new Date(bareDay ? `${value}T00:00:00Z` : value)
  if (Number.isNaN(moment.getTime())) return EMPTY
  return dateFormat({ dateStyle: 'medium', ...(bareDay ? { timeZone: 'UTC' } : {}) }).format(moment)
}

/** "Nov 23, 2026, 9:05 PM", in the reader's time zone. */
export function formatDateTime(value: string | null | undefined): string {
  const moment = value ? new Date(value) : undefined
  if (!moment || Number.isNaN(moment.getTime())) return EMPTY
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(moment)
}

/** "9:05 PM". */
export function formatTime(value: string | null | undefined): string {
  const moment = value ? new Date(value) : undefined
  if (!moment || Number.isNaN(moment.getTime())) return EMPTY
  return dateFormat({ timeStyle: 'short' }).format(moment)
}

const STEPS: [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [7 * 86_400, 86_400, 'day'],
  [30 * 86_400, 7 * 86_400, 'week'],
  [365 * 86_400, 30 * 86_400, 'month'],
]

/** "5 minutes ago", "in 3 days"; beyond a year it says the date. */
export function formatRelative(value: string | null | undefined, now: number = Date.now()): string {
  const moment = value ? new Date(value).getTime() : Number.NaN
  if (Number.isNaN(moment)) return EMPTY
  const seconds = (moment - now) / 1000
  if (Math.abs(seconds) < 45) return 'just now'
  for (const [limit, size, unit] of STEPS) {
    if (Math.abs(seconds) < limit) return relatives.format(Math.round(seconds / size), unit)
  }
  return formatDate(value)
}

/** Today as a calendar day (YYYY-MM-DD) in the reader's time zone. */
export function today(now: Date = new Date()): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}
