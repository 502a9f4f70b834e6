// From the API's own description (a Swagger 2.0 document) to what the page shows.
//
// In: the document as the server sends it. Out: resources, each with its fields and verbs, in the document's order.
// Invariant: nothing is shown that the document does not say.

export type Verb = 'get' | 'post' | 'patch' | 'delete'

export interface Field {
  name: string
  /** As the database calls it: `uuid`, `text[]`, `timestamp with time zone`. */
  type: string
  text: string
  required: boolean
  isKey: boolean
  /** The resource it points at. */
  target: string
}

export interface Resource {
  name: string
  kind: 'table' | 'function'
  summary: string
  text: string
  fields: Field[]
  verbs: Verb[]
}

interface Property {
  description?: string
  format?: string
  type?: string
  default?: unknown
}

interface Shape {
  description?: string
  required?: string[]
  properties?: Record<string, Property>
}

interface Operation {
  summary?: string
  description?: string
  parameters?: { in?: string; schema?: Shape }[]
}

/** The part of the document that the page reads. */
export interface ApiDocument {
  info?: { title?: string; description?: string; version?: string }
  paths?: Record<string, Partial<Record<Verb, Operation>>>
  definitions?: Record<string, Shape>
}

const VERBS: readonly Verb[] = ['get', 'post', 'patch', 'delete']
const WIDTHS: Record<string, string> = { int32: 'integer', int64: 'bigint' }
const NOTE = /(?:^|\n\n)Note:\n[^]*$/
const TARGET = /<fk table='([^']*)'/

function fieldOf(name: string, property: Property, required: ReadonlySet<string>): Field {
  const said = property.description ?? ''
  const format = property.format ?? property.type ?? 'json'
  return {
    name,
    type: WIDTHS[format] ?? format,
    text: said.replace(NOTE, ''),
    required: required.has(name) && property.default === undefined,
    isKey: said.includes('<pk/>'),
    target: TARGET.exec(said)?.[1] ?? '',
  }
}

function fieldsOf(shape: Shape | undefined): Field[] {
  const required = new Set(shape?.required)
  return Object.entries(shape?.properties ?? {}).map(([name, property]) => fieldOf(name, property, required))
}

/** Every table and function of the document. */
export function resourcesOf(document: ApiDocument): Resource[] {
  const resources: Resource[] = []
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (path === '/') continue
    const isFunction = path.startsWith('/rpc/')
    const name = path.slice(isFunction ? '/rpc/'.length : 1)
    const verbs = VERBS.filter((verb) => item[verb])
    const said = item.get ?? item.post
    const body = item.post?.parameters?.find((parameter) => parameter.in === 'body')?.schema
    resources.push({
      name,
      kind: isFunction ? 'function' : 'table',
      summary: said?.summary ?? '',
      text: said?.description ?? '',
      fields: fieldsOf(isFunction ? body : document.definitions?.[name]),
      verbs,
    })
  }
  return resources
}

/** The resources in which every word is found: in a name, a description, or a field. Names first. */
export function findResources(resources: readonly Resource[], search: string): Resource[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return [...resources]
  const hits = resources.filter((resource) => {
    const all = [resource.name, resource.summary, ...resource.fields.flatMap((field) => [field.name, field.text])].join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  })
  const named = (resource: Resource) => words.every((word) => resource.name.toLowerCase().includes(word))
  return [...hits.filter(named), ...hits.filter((resource) => !named(resource))]
}
