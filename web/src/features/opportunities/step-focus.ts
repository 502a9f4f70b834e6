// Arrow keys in a list of buttons: down and up move the focus, around the ends.

/** Moves the focus among the buttons inside the element that listens. */
export function stepFocus(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const place = buttons.indexOf(document.activeElement as HTMLElement)
  buttons[(place + by + buttons.length) % buttons.length]?.focus()
  event.preventDefault()
}
