import { beforeAll, describe, expect, test } from '../suite.ts'
import { clientOf } from '../people.ts'
import { makeRecords, type Records } from '../records.ts'

let rows: Records
beforeAll(async () => {
  rows = await makeRecords(await clientOf('owner'))
})

describe('embedding', () => {
  test('a parent is an object, or null', async ({ mine }) => {
    const { data, error } = await mine
      .from('contacts').select('first_name, organizations(name)').contains('tags', [rows.tag]).order('first_name')
    expect(error).toBeNull()
    expect(data).toEqual([
      { first_name: 'Ann', organizations: { name: `Acme ${rows.tag}` } },
      { first_name: 'Annika', organizations: { name: `Acme ${rows.tag}` } },
      { first_name: 'Bob', organizations: null },
    ])
  })

  test('children are a list, or an empty one', async ({ mine }) => {
    const { data } = await mine
      .from('organizations').select('name, contacts(first_name)').contains('tags', [rows.tag])
      .order('name').order('first_name', { referencedTable: 'contacts' })
    expect(data).toEqual([
      { name: `Acme ${rows.tag}`, contacts: [{ first_name: 'Ann' }, { first_name: 'Annika' }] },
      { name: `Globex ${rows.tag}`, contacts: [] },
    ])
  })

  test('many to many goes through the junction', async ({ mine }) => {
    const { data, error } = await mine
      .from('opportunities').select('name, contacts(first_name)').eq('id', rows.deal)
      .order('first_name', { referencedTable: 'contacts' }).single()
    expect(error).toBeNull()
    expect(data).toEqual({ name: `Rails ${rows.tag}`, contacts: [{ first_name: 'Ann' }, { first_name: 'Annika' }] })
  })

  test('the junction itself can be asked, with its other side', async ({ mine }) => {
    const { data } = await mine
      .from('opportunities').select('roles:opportunity_contacts(role, contact:contacts(first_name))').eq('id', rows.deal)
      .order('role', { referencedTable: 'roles' }).single()
    expect(data).toEqual({
      roles: [
        { role: 'decision maker', contact: { first_name: 'Ann' } },
        { role: 'user', contact: { first_name: 'Annika' } },
      ],
    })
  })

  test('an alias and a foreign key as hint', async ({ mine }) => {
    const { data, error } = await mine
      .from('contacts').select('employer:organizations!contacts_organization_id_fkey(name)').eq('id', rows.ann).single()
    expect(error).toBeNull()
    expect(data).toEqual({ employer: { name: `Acme ${rows.tag}` } })
  })

  test('a table refers to itself, up by the key and down by its column', async ({ mine }) => {
    const up = await mine
      .from('organizations').select('name, parent:organizations!organizations_parent_id_fkey(name)').eq('id', rows.globex).single()
    expect(up.error).toBeNull()
    expect(up.data?.parent).toEqual({ name: `Acme ${rows.tag}` })
    const down = await mine
      .from('organizations').select('name, children:organizations!parent_id(name)').eq('id', rows.acme).single()
    expect(down.error).toBeNull()
    expect(down.data?.children).toEqual([{ name: `Globex ${rows.tag}` }])
  })

  test('inner leaves parents without children out', async ({ mine }) => {
    const inner = await mine.from('organizations').select('name, contacts!inner(id)').contains('tags', [rows.tag])
    expect(inner.data?.map(({ name }) => name)).toEqual([`Acme ${rows.tag}`])
    const filtered = await mine
      .from('organizations').select('name, contacts!inner(first_name)').contains('tags', [rows.tag]).eq('contacts.first_name', 'Ann')
    expect(filtered.data).toEqual([{ name: `Acme ${rows.tag}`, contacts: [{ first_name: 'Ann' }] }])
  })

  test('a filter on the embedded rows leaves their parents alone', async ({ mine }) => {
    const { data } = await mine
      .from('organizations').select('name, contacts(first_name)').contains('tags', [rows.tag])
      .eq('contacts.first_name', 'Ann').order('name')
    expect(data).toEqual([
      { name: `Acme ${rows.tag}`, contacts: [{ first_name: 'Ann' }] },
      { name: `Globex ${rows.tag}`, contacts: [] },
    ])
  })

  test('or, order and limit reach into the embedded rows', async ({ mine }) => {
    const { data, error } = await mine
      .from('organizations').select('contacts(first_name)').eq('id', rows.acme)
      .or('first_name.eq.Ann,first_name.eq.Annika', { referencedTable: 'contacts' })
      .order('first_name', { referencedTable: 'contacts', ascending: false })
      .limit(1, { referencedTable: 'contacts' })
    expect(error).toBeNull()
    expect(data).toEqual([{ contacts: [{ first_name: 'Annika' }] }])
  })

  test('goes to any depth', async ({ mine }) => {
    const { data, error } = await mine
      .from('organizations')
      .select('name, opportunities(name, stage:stages(kind), opportunity_contacts(contacts(first_name, organizations(name))))')
      .eq('id', rows.acme).eq('opportunities.opportunity_contacts.is_primary', true).single()
    expect(error).toBeNull()
    expect(data).toEqual({
      name: `Acme ${rows.tag}`,
      opportunities: [{
        name: `Rails ${rows.tag}`,
        stage: { kind: 'open' },
        opportunity_contacts: [{ contacts: { first_name: 'Ann', organizations: { name: `Acme ${rows.tag}` } } }],
      }],
    })
  })

  test('counts children', async ({ mine }) => {
    const { data, error } = await mine.from('organizations').select('name, contacts(count)').eq('id', rows.acme).single()
    expect(error).toBeNull()
    expect(data?.contacts).toEqual([{ count: 2 }])
  })

  test('comes with what a write returns', async ({ mine }) => {
    const { data, error } = await mine
      .from('contacts').update({ job_title: 'Head buyer' }).eq('id', rows.ann).select('job_title, organizations(name)').single()
    expect(error).toBeNull()
    expect(data).toEqual({ job_title: 'Head buyer', organizations: { name: `Acme ${rows.tag}` } })
  })
})

describe('embedding refuses', () => {
  test('what has no relationship', async ({ mine }) => {
    const { error, status } = await mine.from('contacts').select('products(name)')
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'PGRST200',
      message: "Could not find a relationship between 'contacts' and 'products' in the schema cache",
    })
  })

  test('what has more than one, and names them', async ({ mine }) => {
    const { error, status } = await mine.from('teams').select('memberships(full_name)')
    expect(status).toBe(300)
    expect(error?.code).toBe('PGRST201')
    expect(error?.details).toHaveLength(2)
    expect(error?.hint).toContain('memberships!teams_manager_user_id_fkey')
  })

  test('a filter on what was not selected', async ({ raw }) => {
    const response = await raw('/rest/v1/contacts?select=id&organizations.name=eq.x')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'PGRST108',
      message: "'organizations' is not an embedded resource in this request",
      hint: "Verify that 'organizations' is included in the 'select' query parameter.",
    })
  })
})
