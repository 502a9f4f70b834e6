// Requests to copy: what one verb on one resource looks like in each language, with the reader's own address.
//
// In: a resource, a verb, a language, the server's address. Out: text that runs as it is, given a session's token.
import type { Field, Resource, Verb } from './description'

export type Language = 'curl' | 'javascript' | 'python'

export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'python', label: 'Python' },
]

/** What the server fills in or keeps by itself. */
const OWN = new Set(['id', 'workspace_id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'deleted_at', 'version'])
const SHOWN_FIELDS = 3

function sample(field: Field): unknown {
  if (field.type.endsWith('[]')) return []
  if (field.type === 'uuid') return '…'
  if (field.type === 'boolean') return true
  if (['integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision'].includes(field.type)) return 1
  if (field.type.startsWith('json')) return {}
  if (field.type === 'date') return '2027-01-31'
  if (field.type.startsWith('timestamp')) return '2027-01-31T09:00:00Z'
  return 'text'
}

/** Fields worth writing: texts and links that are never null, then other texts. */
function written(resource: Resource): Field[] {
  if (resource.kind === 'function') return resource.fields
  const own = resource.fields.filter((field) => !OWN.has(field.name))
  const must = own.filter((field) => field.required && (field.type === 'text' || field.target))
  const texts = own.filter((field) => !field.required && field.type === 'text')
  return [...must, ...texts].slice(0, SHOWN_FIELDS - 1)
}

function bodyOf(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, sample(field)]))
}

function selected(resource: Resource): string {
  const names = [...resource.fields.filter((field) => field.name === 'id'), ...resource.fields.filter((field) => !OWN.has(field.name))]
  return names.slice(0, SHOWN_FIELDS).map((field) => field.name).join(',')
}

function filterName(resource: Resource): string {
  return resource.fields.find((field) => field.name === 'id')?.name ?? resource.fields.find((field) => field.isKey && field.target)?.name ?? resource.fields[0]?.name ?? 'id'
}

function python(value: unknown): string {
  return JSON.stringify(value).replaceAll(':true', ': True').replaceAll(':false', ': False').replaceAll('":', '": ').replaceAll(',"', ', "')
}

function curl(resource: Resource, verb: Verb, base: string): string {
  const path = resource.kind === 'function' ? `rpc/${resource.name}` : resource.name
  const url = `${base}/rest/v1/${path}`
  const token = '-H "Authorization: Bearer $TOKEN"'
  const json = "-H 'Content-Type: application/json'"
  const body = `-d '${JSON.stringify(bodyOf(written(resource)))}'`
  const one = `?${filterName(resource)}=eq.…`
  const lines: Record<Verb, string[]> = {
    get: [`curl '${url}${resource.kind === 'table' ? `?select=${selected(resource)}&limit=10` : ''}'`, token],
    post: [`curl '${url}'`, token, json, body],
    patch: [`curl -X PATCH '${url}${one}'`, token, json, body],
    delete: [`curl -X DELETE '${url}${one}'`, token],
  }
  return lines[verb].join(' \\\n  ')
}

function call(resource: Resource, verb: Verb, language: 'javascript' | 'python'): string {
  const js = language === 'javascript'
  const values = js ? JSON.stringify(bodyOf(written(resource))) : python(bodyOf(written(resource)))
  if (resource.kind === 'function') return `.rpc('${resource.name}'${written(resource).length ? `, ${values}` : js ? '' : ', {}'})`
  const table = js ? `.from('${resource.name}')` : `.table("${resource.name}")`
  const quote = js ? "'" : '"'
  const where = `.eq(${quote}${filterName(resource)}${quote}, ${quote}…${quote})`
  const steps: Record<Verb, string> = {
    get: `.select(${quote}${selected(resource)}${quote}).limit(10)`,
    post: js ? `.insert(${values}).select()` : `.insert(${values})`,
    patch: `.update(${values})${where}`,
    delete: `.delete()${where}`,
  }
  return table + steps[verb]
}

/** One request. */
export function example(resource: Resource, verb: Verb, language: Language, base: string): string {
  if (language === 'curl') return curl(resource, verb, base)
  if (language === 'javascript') return `const { data, error } = await rapport${call(resource, verb, 'javascript')}`
  return `answer = rapport${call(resource, verb, 'python').replaceAll("'", '"')}.execute()\nprint(answer.data)`
}

/** How to sign in, once, before any of the requests. */
export function signIn(language: Language, base: string, email: string): string {
  if (language === 'curl') {
    return `TOKEN=$(curl -s '${base}/auth/v1/token?grant_type=password' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"email":"${email}","password":"…"}' \\\n  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`
  }
  if (language === 'javascript') {
    return `import { createClient } from '@supabase/supabase-js'\n\nconst rapport = createClient('${base}', 'rapport')\nawait rapport.auth.signInWithPassword({ email: '${email}', password: '…' })`
  }
  return `from supabase import create_client\n\nrapport = create_client("${base}", "rapport")\nrapport.auth.sign_in_with_password({"email": "${email}", "password": "…"})`
}
