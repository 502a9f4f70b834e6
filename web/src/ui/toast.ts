// Short messages at the edge of the screen. An action (Undo) makes one stay for eight seconds.
//
//   toast({ title: 'Contact moved to trash', action: { label: 'Undo', run } })
import { shallowReactive } from 'vue'

export interface Toast {
  id: number
  kind: 'info' | 'success' | 'error'
  title: string
  text?: string
  action?: { label: string; run: () => void }
}

export const toasts = shallowReactive<Toast[]>([])

const SHOWN_MS = { info: 4000, success: 3000, error: 8000 }
const WITH_ACTION_MS = 8000
const MOST = 4
let lastId = 0
const timers = new Map<number, ReturnType<typeof setTimeout>>()

export function toast(message: Omit<Toast, 'id' | 'kind'> & { kind?: Toast['kind'] }): number {
  const made: Toast = { kind: 'info', ...message, id: (lastId += 1) }
  toasts.push(made)
  while (toasts.length > MOST) toasts.shift()
  timers.set(made.id, setTimeout(() => dismissToast(made.id), made.action ? WITH_ACTION_MS : SHOWN_MS[made.kind]))
  return made.id
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  const place = toasts.findIndex((shown) => shown.id === id)
  if (place >= 0) toasts.splice(place, 1)
}
