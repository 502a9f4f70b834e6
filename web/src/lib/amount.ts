// Amounts as people type them, in either decimal convention.
const SCALE: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9 }

/** "12,500" → 12500, "12.500,50" → 12500.5, "1.2m" → 1200000, "" → null, nonsense → undefined. */
export function parseAmount(typed: string): number | null | undefined {
  const text = typed.replace(/[\s\u00a0'’]/g, '').replace(/^[^\d.,-]+|[^\d.,kmbKMB]+$/g, '')
  if (text === '') return typed.trim() === '' ? null : undefined
  const match = /^(-?)([\d.,]*\d)([kmbKMB]?)$/.exec(text)
  if (!match) return undefined
  const [, sign, digits = '', unit = ''] = match
  const scale = SCALE[unit.toLowerCase()] ?? 1
  const value = Number(withPoint(digits, scale)) * scale
  if (!Number.isFinite(value)) return undefined
  return (sign ? -1 : 1) * (Math.round(value * 100) / 100)
}

/** The number with a point for decimals and nothing between thousands. */
function withPoint(digits: string, scale: number): string {
  const lastComma = digits.lastIndexOf(',')
  const lastPoint = digits.lastIndexOf('.')
  if (lastComma >= 0 && lastPoint >= 0) {
    return lastComma > lastPoint ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')
  }
  const mark = lastComma >= 0 ? ',' : '.'
  const parts = digits.split(mark)
  const last = parts.at(-1) ?? ''
  // Several marks, or three digits behind the only one: it separates thousands. "1.250k" is one and a quarter million.
  const thousands = parts.length > 2 || (parts.length === 2 && last.length === 3 && scale === 1 && parts[0] !== '0')
  return thousands ? parts.join('') : parts.join('.')
}
