// Keys for an order that people change by hand: between any two there is room for another, so a move writes one row.
//
// In: the keys of the neighbours, null where there is none.
// Out: a key that sorts between them byte by byte (the database compares with collation "C").
// Invariant: a key uses 0-9A-Za-z, is never empty and never ends in 0; the database refuses any other.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length
const FIRST_KEY = 'V'

/** A key after `before` and before `after`. A missing neighbour means the end of the order on that side. */
export function keyBetween(before: string | null, after: string | null): string {
  if (before === null) return after === null ? FIRST_KEY : justBefore(after)
  if (after === null) return justAfter(before)
  if (before >= after) throw new RangeError(`no key fits between "${before}" and "${after}"`)
  return middle(before, after)
}

/** True for a text the database accepts as a key. */
export function isKey(text: string): boolean {
  return /^[0-9A-Za-z]*[1-9A-Za-z]$/.test(text)
}

// The ends step by one digit instead of halving: sixty moves to the top grow the key by one letter, not by ten.
function justBefore(key: string): string {
  const last = digitAt(key, key.length - 1)
  const head = key.slice(0, -1)
  return last > 1 ? head + DIGITS.charAt(last - 1) : head + '0' + DIGITS.charAt(BASE - 1)
}

function justAfter(key: string): string {
  const last = digitAt(key, key.length - 1)
  return last < BASE - 1 ? key.slice(0, -1) + DIGITS.charAt(last + 1) : key + '1'
}

// Keys are fractions after an implied point; a missing digit counts as 0, a missing upper bound as 1.
function middle(low: string, high: string | null): string {
  if (high !== null) {
    let shared = 0
    while (shared < high.length && (low.charAt(shared) || '0') === high.charAt(shared)) shared += 1
    if (shared > 0) return high.slice(0, shared) + middle(low.slice(shared), high.slice(shared))
  }
  const lowDigit = low === '' ? 0 : digitAt(low, 0)
  const highDigit = high === null ? BASE : digitAt(high, 0)
  if (highDigit - lowDigit > 1) return DIGITS.charAt(Math.floor((lowDigit + highDigit) / 2))
  if (high !== null && high.length > 1) return high.charAt(0)
  return DIGITS.charAt(lowDigit) + middle(low.slice(1), null)
}

function digitAt(key: string, index: number): number {
  const digit = DIGITS.indexOf(key.charAt(index))
  if (digit < 0 || key === '') throw new RangeError(`"${key}" is not an order key`)
  return digit
}
