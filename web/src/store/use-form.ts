// A form: values, checks on this side, the server's objections beside their fields, a draft that survives an accident.
//
//   const form = useForm({ name: '', email: '' }, { schema, draftKey: 'contact:new' })
//   <TextField v-model="form.values.name" :error="form.errors.name" />
//   await form.submit(async (values) => { … })   // true when it went through
import { reactive, ref, shallowRef, watch } from 'vue'
import { safeParse, type GenericSchema } from 'valibot'
import { errorFromThrown } from '@/api/error'

interface FormOptions<O> {
  /** Checked before sending; its output is what `send` gets. Messages are shown beside the field of their path. */
  schema?: GenericSchema<unknown, O>
  /** With a key, unsaved input is kept in this tab until it is sent or discarded. */
  draftKey?: string
}

export interface Form<V extends object, O> {
  values: V
  /** Message by field. */
  errors: Record<string, string | undefined>
  /** What went wrong without belonging to a field on the form. */
  problem: string
  busy: boolean
  dirty: boolean
  /** True when a draft of an earlier attempt was restored. */
  restored: boolean
  submit: (send: (values: O) => Promise<void>) => Promise<boolean>
  /** Forgets the input and its draft. */
  discard: () => void
}

function storedDraft(key: string | undefined): Record<string, unknown> | null {
  try {
    const parsed: unknown = key ? JSON.parse(sessionStorage.getItem(`draft:${key}`) ?? 'null') : null
    return typeof parsed === 'object' ? (parsed as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

export function useForm<V extends object, O = V>(initial: V, options: FormOptions<O> = {}): Form<V, O> {
  const clean = JSON.stringify(initial)
  const draft = storedDraft(options.draftKey)
  const values = reactive({ ...structuredClone(initial), ...draft }) as V
  const errors = reactive<Record<string, string | undefined>>({})
  const problem = shallowRef('')
  const busy = ref(false)
  const dirty = ref(draft !== null)
  const restored = ref(draft !== null)

  function forgetDraft() {
    if (options.draftKey) sessionStorage.removeItem(`draft:${options.draftKey}`)
  }

  watch(values, (now) => {
    const text = JSON.stringify(now)
    dirty.value = text !== clean
    if (!options.draftKey) return
    if (dirty.value) sessionStorage.setItem(`draft:${options.draftKey}`, text)
    else forgetDraft()
  })

  // A field that is being corrected is not wrong any more until it is checked again.
  for (const field of Object.keys(initial)) {
    watch(
      () => (values as Record<string, unknown>)[field],
      () => (errors[field] = undefined),
    )
  }

  function clearErrors() {
    problem.value = ''
    for (const field of Object.keys(errors)) errors[field] = undefined
  }

  function checked(): { ok: true; output: O } | { ok: false } {
    const plain: unknown = JSON.parse(JSON.stringify(values))
    if (!options.schema) return { ok: true, output: plain as O }
    const result = safeParse(options.schema, plain)
    if (result.success) return { ok: true, output: result.output }
    for (const issue of result.issues) {
      const field = issue.path?.[0]?.key
      if (typeof field === 'string') errors[field] ??= issue.message
      else problem.value ||= issue.message
    }
    return { ok: false }
  }

  async function submit(send: (values: O) => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    clearErrors()
    const result = checked()
    if (!result.ok) return false
    busy.value = true
    try {
      await send(result.output)
      forgetDraft()
      dirty.value = false
      return true
    } catch (thrown) {
      const error = errorFromThrown(thrown)
      if (error.field && error.field in values) errors[error.field] = error.message
      else problem.value = error.message
      return false
    } finally {
      busy.value = false
    }
  }

  function discard() {
    forgetDraft()
    Object.assign(values, JSON.parse(clean))
    clearErrors()
  }
  return reactive({ values, errors, problem, busy, dirty, restored, submit, discard }) as Form<V, O>
}
