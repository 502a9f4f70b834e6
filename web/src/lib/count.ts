// Lengths as people read them.
import { formatNumber } from './format'

/** "1,204" when exact, "about 1,200,000" for an estimate above a page; nothing while unknown. */
export function countText(length: number | null, exact: boolean): string {
  if (length === null) return ''
  if (exact || length <= 100) return formatNumber(length)
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(length)) - 2)
  return `about ${formatNumber(Math.round(length / digits) * digits)}`
}
