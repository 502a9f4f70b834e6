/**
 * Methods of the official client that the product's own pages do not need, against a library of `rapport rest`.
 */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { startLibrary, type Library, type LibraryClient } from '../../server/library.ts'

let library: Library
let mine: LibraryClient
beforeAll(async () => {
  library = await startLibrary(inject('rapport').dataDir)
  mine = library.as('librarian')
}, 90_000)
afterAll(() => library?.stop())

const books = () => mine.from('books').select('id').order('id')
const ids = (answer: { data: { id: number }[] | null; error: unknown }) => {
  expect(answer.error).toBeNull()
  return answer.data?.map(({ id }) => id)
}

describe('a filter', () => {
  const cases: [name: string, ask: () => ReturnType<typeof books>, found: number[]][] = [
    ['isDistinct', () => books().isDistinct('author_id', 1), [3, 4]],
    ['regexMatch', () => books().regexMatch('title', '^[AB]'), [1, 2]],
    ['regexIMatch', () => books().regexIMatch('title', '^[ab]'), [1, 2]],
    ['likeAllOf', () => books().likeAllOf('title', ['%s', 'B%']), [2]],
    ['likeAnyOf', () => books().likeAnyOf('title', ['A%', 'B%']), [1, 2]],
    ['ilikeAllOf', () => books().ilikeAllOf('title', ['%S', 'b%']), [2]],
    ['ilikeAnyOf', () => books().ilikeAnyOf('title', ['a%', 'b%']), [1, 2]],
    ['notIn', () => books().notIn('id', [1, 3]), [2, 4]],
    ['contains', () => books().contains('pages', '[10,20)'), [1]],
    ['containedBy', () => books().containedBy('pages', '[0,250)'), [1, 2]],
    ['overlaps', () => books().overlaps('pages', '[120,160)'), [2, 3]],
    ['rangeGt', () => books().rangeGt('pages', '[0,100)'), [2, 3]],
    ['rangeGte', () => books().rangeGte('pages', '[100,110)'), [2, 3]],
    ['rangeLt', () => books().rangeLt('pages', '[150,400)'), [1]],
    ['rangeLte', () => books().rangeLte('pages', '[0,200)'), [1, 2]],
    ['rangeAdjacent', () => books().rangeAdjacent('pages', '[200,210)'), [2]],
    ['textSearch', () => books().textSearch('blurb', 'flower'), [1, 2]],
    ['textSearch, plain', () => books().textSearch('blurb', 'bees flowers', { type: 'plain' }), [2]],
    ['textSearch, phrase', () => books().textSearch('blurb', 'among flowers', { type: 'phrase' }), [1]],
    ['textSearch, websearch', () => books().textSearch('blurb', 'flowers -bees', { type: 'websearch', config: 'english' }), [1]],
    ['match', () => books().match({ author_id: 1, id: 2 }), [2]],
    ['not', () => books().not('id', 'in', '(1,2)'), [3, 4]],
    ['filter', () => books().filter('id', 'gt', 3), [4]],
  ]
  for (const [name, ask, found] of cases) {
    it(`${name} finds its rows`, async () => expect(ids(await ask())).toEqual(found))
  }
})

describe('the form of an answer', () => {
  it('leaves nulls out when asked', async () => {
    const { data } = await mine.from('authors').select('id,nickname').eq('id', 2).stripNulls()
    expect(data).toEqual([{ id: 2 }])
  })

  it('is the plan when asked, as text and as JSON', async () => {
    expect((await books().explain()).data).toContain('cost=')
    const { data } = await books().explain({ analyze: true, verbose: true, settings: true, buffers: true, wal: true, format: 'json' })
    expect(JSON.stringify(data)).toContain('Actual Rows')
  })
})

describe('a write', () => {
  afterEach(() => library.reload())

  it('that is rolled back shows what it would have done', async () => {
    const tried = await mine.from('books').delete().eq('id', 3).select('id').rollback()
    expect(ids(tried)).toEqual([3])
    expect(ids(await books().eq('id', 3))).toEqual([3])
  })

  it('of more rows than allowed changes nothing', async () => {
    const { error } = await mine.from('books').update({ state: 'old' }).gt('id', 0).maxAffected(1)
    expect(error).toMatchObject({ code: 'PGRST124', details: 'The query affects 4 rows' })
    expect(ids(await books().eq('state', 'old'))).toEqual([])
  })
})

describe('a function', () => {
  it('is called by POST, GET and HEAD', async () => {
    expect((await mine.rpc('add', { a: 2, b: 3 })).data).toBe(5)
    expect((await mine.rpc('add', { a: 2 }, { get: true })).data).toBe(3)
    expect((await mine.rpc('cheaper_than', { most: 15 }, { head: true, count: 'exact' })).count).toBe(2)
    expect((await mine.rpc('nothing')).status).toBe(204)
  })

  it('gives rows that are chosen as those of a table', async () => {
    const { data } = await mine.rpc('cheaper_than', { most: 15 }).select('title,author:authors!author_id(name)').gt('price', 5).single()
    expect(data).toEqual({ title: 'Alpine flowers', author: { name: 'Ada Ammons' } })
  })
})

describe('what is refused', () => {
  const cases: [code: string, status: number, ask: () => PromiseLike<{ error: { code: string } | null; status: number }>][] = [
    ['PGRST118', 400, () => mine.from('authors').select('id,loans(book_id)').order('loans(book_id)')],
    ['PGRST120', 400, () => mine.from('books').select('id,loans(book_id)').eq('loans', 1)],
    ['PGRST127', 400, () => mine.from('authors').select('...books!author_id(price.sum())')],
    ['PGRST128', 400, () => mine.rpc('nothing').maxAffected(1)],
    ['PGRST203', 300, () => mine.rpc('pick', { a: 1 }, { get: true })],
    ['PGRST111', 500, () => mine.rpc('bad_headers')],
    ['PGRST112', 500, () => mine.rpc('bad_status')],
    ['PGRST121', 500, () => mine.rpc('bad_raise')],
    ['25006', 405, () => mine.rpc('lend', {}, { get: true })],
    ['PT402', 402, () => mine.rpc('fail_with', { code: 'PT402' })],
    ['42501', 401, () => library.as().from('books').select()],
  ]
  for (const [code, status, ask] of cases) {
    it(`with ${code}`, async () => {
      const answer = await ask()
      expect([answer.status, answer.error?.code]).toEqual([status, code])
    })
  }

  it('as a method that no table knows, and a PUT that names no row', async () => {
    const put = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: 8, name: 'x' }) }
    const codes: string[] = []
    for (const path of ['/authors?name=eq.x', '/authors?id=eq.9&limit=1', '/authors?id=eq.9', '/rpc/add']) {
      codes.push(((await (await library.raw(path, put)).json()) as { code: string }).code)
    }
    expect(codes).toEqual(['PGRST105', 'PGRST114', 'PGRST115', 'PGRST101'])
    const strange = (await (await library.raw('/authors', { method: 'PROPFIND' })).json()) as { code: string }
    expect(strange.code).toBe('PGRST117')
  })
})

it('the description of the API is what the role may use', async () => {
  const description = (await (await library.raw('/')).json()) as { paths: Record<string, unknown> }
  expect(Object.keys(description.paths)).toEqual(expect.arrayContaining(['/authors', '/books', '/loans', '/rpc/add']))
  expect(Object.keys(description.paths)).not.toContain('/secrets')
})
