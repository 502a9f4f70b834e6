import { describe, expect, it } from 'vitest'
import { findResources, resourcesOf, type ApiDocument, type Resource } from './description'
import { example, LANGUAGES, signIn } from './examples'

const document: ApiDocument = {
  paths: {
    '/': { get: { summary: 'This document' } },
    '/contacts': { get: { summary: 'People.', description: 'All of them.' }, post: {}, patch: {}, delete: {} },
    '/rpc/add': { post: { summary: 'Adds.', parameters: [{ in: 'body', schema: { required: ['a'], properties: { a: { format: 'int32', type: 'integer' } } } }] } },
  },
  definitions: {
    contacts: {
      required: ['id', 'last_name', 'version'],
      properties: {
        id: { format: 'uuid', type: 'string', description: 'Made by the server.\n\nNote:\nThis is a Primary Key.<pk/>', default: 'uuid()' },
        last_name: { format: 'text', type: 'string' },
        organization_id: { format: 'uuid', type: 'string', description: "Note:\nThis is a Foreign Key to `organizations.id`.<fk table='organizations' column='id'/>" },
        version: { format: 'int64', type: 'integer', default: 1 },
        custom: { format: 'jsonb' },
      },
    },
  },
}
const resources = resourcesOf(document)

describe('a description', () => {
  it('tells tables and functions with their verbs, without the root', () => {
    expect(resources.map(({ name, kind, verbs, summary }) => ({ name, kind, verbs, summary }))).toEqual([
      { name: 'contacts', kind: 'table', verbs: ['get', 'post', 'patch', 'delete'], summary: 'People.' },
      { name: 'add', kind: 'function', verbs: ['post'], summary: 'Adds.' },
    ])
  })

  it('tells keys and targets apart from what a column is for', () => {
    expect(resources[0]?.fields).toEqual([
      { name: 'id', type: 'uuid', text: 'Made by the server.', required: false, isKey: true, target: '' },
      { name: 'last_name', type: 'text', text: '', required: true, isKey: false, target: '' },
      { name: 'organization_id', type: 'uuid', text: '', required: false, isKey: false, target: 'organizations' },
      { name: 'version', type: 'bigint', text: '', required: false, isKey: false, target: '' },
      { name: 'custom', type: 'jsonb', text: '', required: false, isKey: false, target: '' },
    ])
    expect(resources[1]?.fields).toMatchObject([{ name: 'a', type: 'integer', required: true }])
  })

  it('is searched by names, descriptions and columns, names first', () => {
    const names = (search: string) => findResources(resources, search).map(({ name }) => name)
    expect(names('')).toEqual(['contacts', 'add'])
    expect(names('PEOPLE')).toEqual(['contacts'])
    expect(names('last server')).toEqual(['contacts'])
    expect(names('a')).toEqual(['contacts', 'add'])
    expect(names('nowhere')).toEqual([])
  })
})

describe('an example', () => {
  const [contacts, add] = resources as [Resource, Resource]
  it('is written with the reader’s own address', () => {
    expect(example(contacts, 'get', 'curl', 'https://crm.example.org')).toBe(
      `curl 'https://crm.example.org/rest/v1/contacts?select=id,last_name,organization_id&limit=10' \\\n  -H "Authorization: Bearer $TOKEN"`,
    )
    expect(example(contacts, 'patch', 'javascript', '')).toBe(
      `const { data, error } = await rapport.from('contacts').update({"last_name":"text"}).eq('id', '…')`,
    )
    expect(example(contacts, 'post', 'python', '')).toBe(
      `answer = rapport.table("contacts").insert({"last_name": "text"}).execute()\nprint(answer.data)`,
    )
    expect(example(add, 'post', 'python', '')).toContain('rapport.rpc("add", {"a": 1}).execute()')
  })

  it('signs in in every language', () => {
    for (const { value } of LANGUAGES) expect(signIn(value, 'https://crm.example.org', 'ann@example.org')).toContain('ann@example.org')
  })
})
