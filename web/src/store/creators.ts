// "New …" from anywhere: a feature says in its create.ts which dialog makes its record; the shell shows it.
//
//   features/contacts/create.ts:  export const creator: Creator = { noun: 'contact', … dialog: () => import('./ContactDialog.vue') }
//   anywhere:                     requestCreate('contact', { organization_id: id })
//
// Contract of the dialog: prop `initial` (fields to start with), emits `close`. It saves and tells by itself.
import { shallowRef, type Component } from 'vue'

export interface Creator {
  /** 'contact', 'organization', 'opportunity', 'activity'. */
  noun: string
  label: string
  /** Place in the menu. */
  order: number
  /** The key that opens it from anywhere, with no field in focus. */
  shortcut?: string
  dialog: () => Promise<{ default: Component }>
}

export interface CreateRequest {
  noun: string
  initial: Record<string, unknown>
}

/** The dialog asked for, if any. */
export const createRequest = shallowRef<CreateRequest | null>(null)

export function requestCreate(noun: string, initial: Record<string, unknown> = {}): void {
  createRequest.value = { noun, initial }
}
