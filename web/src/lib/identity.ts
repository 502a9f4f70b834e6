// How a record without a picture is shown: its initials on one of twelve hues, always the same for the same id.

/** Hues whose soft background and strong text pass AA in both themes (see tokens.css, .hue-0 to .hue-11). */
export const HUES = 12

export function hueOf(id: string): number {
  let hash = 2166136261
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return (hash >>> 0) % HUES
}

/** "Ann Lee" → "AL", "acme" → "AC", nothing → "?". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s.@_-]+/).filter(Boolean)
  const [first, ...rest] = words
  if (!first) return '?'
  const last = rest.at(-1)
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toUpperCase()
}
