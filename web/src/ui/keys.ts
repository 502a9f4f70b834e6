// Keyboard shortcuts: none of them acts while somebody types or a dialog is open.

/** Is the person writing somewhere, or is a dialog in front? */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  if (document.querySelector('dialog[open]')) return true
  return Boolean(target?.closest('input, textarea, select, [contenteditable=true], [popover]:popover-open'))
}

/** A bare letter or key, with no modifier held. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey
}
