// Where a floating thing goes: under its trigger, inside the window, above when there is no room below.
const GAP = 4
const MARGIN = 8

export function placeBeside(floating: HTMLElement, trigger: HTMLElement, align: 'start' | 'end' | 'stretch' = 'start'): void {
  const anchor = trigger.getBoundingClientRect()
  if (align === 'stretch') floating.style.width = `${anchor.width}px`
  const size = floating.getBoundingClientRect()
  const wanted = align === 'end' ? anchor.right - size.width : anchor.left
  const left = Math.max(MARGIN, Math.min(wanted, innerWidth - size.width - MARGIN))
  const below = anchor.bottom + GAP
  const fitsBelow = below + size.height <= innerHeight - MARGIN
  const top = fitsBelow ? below : Math.max(MARGIN, anchor.top - GAP - size.height)
  floating.style.inset = 'auto'
  floating.style.left = `${left}px`
  floating.style.top = `${top}px`
}
