// Who is signed in, in which workspace, with which role.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '@/api/http'
import type { Role, RowId } from '@/api/records'
import { storedSession } from '@/api/stored-session'

export interface SessionFacts {
  user: { id: RowId; email: string; full_name: string }
  workspace: { id: RowId; name: string; currency: string; timezone: string }
  role: Role
  memberships: { workspace_id: RowId; name: string; role: Role }[]
}

export const useSession = defineStore('session', () => {
  const stored = shallowRef(storedSession())
  const signedIn = computed(() => stored.value !== null)
  const facts = shallowRef<SessionFacts | null>(null)
  let loading: Promise<void> | undefined

  const user = computed(() => facts.value?.user ?? null)
  /** Known from the first moment on, from the stored session. */
  const userId = computed(() => facts.value?.user.id ?? stored.value?.user.id ?? '')
  const workspace = computed(() => facts.value?.workspace ?? null)
  const role = computed(() => facts.value?.role ?? null)
  const currency = computed(() => facts.value?.workspace.currency ?? 'USD')
  /** While the role is unknown, writing is offered: the server decides anyway. */
  const mayWrite = computed(() => role.value !== 'viewer')
  const mayCurate = computed(() => role.value === null || ['owner', 'admin', 'manager'].includes(role.value))
  const mayManage = computed(() => role.value === 'owner' || role.value === 'admin')

  /** Loads name, workspace and role once. */
  function load(): Promise<void> {
    loading ??= call<SessionFacts>('GET', '/api/session').then(
      (loaded) => {
        facts.value = loaded
      },
      (error: unknown) => {
        loading = undefined
        throw error
      },
    )
    return loading
  }

  /** Loads them again, after the workspace or one's own name changed. */
  function reload(): Promise<void> {
    loading = undefined
    return load()
  }

  function begin() {
    stored.value = storedSession()
    facts.value = null
    loading = undefined
  }

  /** The session is over: the page is loaded anew, so that nothing of it stays in memory for the next person. */
  function end(next = '') {
    location.replace(`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`)
  }

  return { signedIn, facts, user, userId, workspace, role, currency, mayWrite, mayCurate, mayManage, load, reload, begin, end }
})
