/**
 * A few records of a known shape, made through the API; a tag of their own tells them from all others.
 */
import { randomUUID } from 'node:crypto'
import type { Client } from './people.ts'

export interface Records {
  tag: string
  acme: string
  globex: string
  ann: string
  annika: string
  bob: string
  deal: string
}

/** Two organizations (Globex below Acme), three contacts (Ann and Annika of Acme, Bob of none), one opportunity with both. */
export async function makeRecords(client: Client): Promise<Records> {
  const tag = `t${randomUUID().slice(0, 8)}`
  const [acme, globex] = [randomUUID(), randomUUID()]
  const [ann, annika, bob] = [randomUUID(), randomUUID(), randomUUID()]
  const deal = randomUUID()
  await must(client.from('organizations').insert([
    { id: acme, name: `Acme ${tag}`, employees: 40, annual_revenue: 1_200_000.5, industry: 'steel', tags: [tag, 'blue'], parent_id: null, custom: { rank: 3, words: { a: 'x' } } },
  ]))
  await must(client.from('organizations').insert([
    { id: globex, name: `Globex ${tag}`, employees: null, annual_revenue: 7, industry: null, tags: [tag], parent_id: acme, custom: {} },
  ]))
  await must(client.from('contacts').insert([
    contact(ann, 'Ann', 'Ames', `ann.${tag}@acme.test`, acme, tag),
    contact(annika, 'Annika', 'Berg', `berg.${tag}@acme.test`, acme, tag),
    contact(bob, 'Bob', 'Cole', `bob.${tag}@nowhere.test`, null, tag),
  ]))
  await must(client.from('opportunities').insert({ id: deal, name: `Rails ${tag}`, organization_id: acme, amount: 900, tags: [tag] }))
  await must(client.from('opportunity_contacts').insert([
    { opportunity_id: deal, contact_id: ann, role: 'decision maker', is_primary: true },
    { opportunity_id: deal, contact_id: annika, role: 'user', is_primary: false },
  ]))
  return { tag, acme, globex, ann, annika, bob, deal }
}

/** The data of an answer, or its error as an exception. */
export async function must<T>(answer: PromiseLike<{ data: T; error: { message: string; code?: string } | null }>): Promise<T> {
  const { data, error } = await answer
  if (error) throw new Error(`${error.code ?? ''} ${error.message}`)
  return data
}

function contact(id: string, first_name: string, last_name: string, email: string, organization_id: string | null, tag: string) {
  return { id, first_name, last_name, email, organization_id, tags: [tag], job_title: first_name === 'Bob' ? null : 'Buyer' }
}
