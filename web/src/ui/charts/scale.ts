// The arithmetic of charts: round axis steps, bands, arcs.
//
// In: plain numbers.
// Out: plain numbers and SVG path text.
// Invariant: no DOM; the same input gives the same picture.

/** Round axis values from 0 to at least `max`: steps of 1, 2, 2.5 or 5 times a power of ten, about `count` of them. */
export function axisTicks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power)
  const steps = Math.ceil(max / step - 1e-9)
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** The same for things that are counted: no step below one. */
export function countTicks(max: number, count = 4): number[] {
  return max <= count ? Array.from({ length: Math.max(1, Math.ceil(max)) + 1 }, (_, index) => index) : axisTicks(max, count)
}

export interface Band {
  readonly x: number
  readonly width: number
  readonly centre: number
}

/** `count` bands side by side over `length`, with `gap` (0..1) of each left free. */
export function bands(count: number, length: number, gap = 0.3, widest = 48): Band[] {
  const slot = count > 0 ? length / count : length
  const width = Math.max(1, Math.min(widest, slot * (1 - gap)))
  return Array.from({ length: count }, (_, index) => {
    const centre = slot * (index + 0.5)
    return { x: centre - width / 2, width, centre }
  })
}

/** Bar lengths on a common scale; a value above zero is never invisible. */
export function barLengths(values: readonly number[], length: number, least = 2): number[] {
  const max = Math.max(0, ...values)
  return values.map((value) => (value <= 0 || max === 0 ? 0 : Math.max(least, (value / max) * length)))
}

/** Keeps every nth label so that none touches the next: first and last stay readable. */
export function labelEvery(count: number, length: number, labelWidth: number): number {
  if (count === 0 || length <= 0) return 1
  return Math.max(1, Math.ceil((count * labelWidth) / length))
}

/** A bar with round upper corners, standing on `bottom`. */
export function columnPath(x: number, width: number, top: number, bottom: number, radius = 4): string {
  const r = Math.max(0, Math.min(radius, width / 2, bottom - top))
  return `M${x},${bottom}V${top + r}Q${x},${top} ${x + r},${top}H${x + width - r}Q${x + width},${top} ${x + width},${top + r}V${bottom}Z`
}

/** Dash pattern that draws `share` (0..1) of a circle of `radius`. */
export function ringDash(share: number, radius: number): string {
  const whole = 2 * Math.PI * radius
  const part = Math.max(0, Math.min(1, share)) * whole
  return `${part.toFixed(2)} ${(whole - part).toFixed(2)}`
}
