import { describe, expect, it } from 'vitest'
import { cursorOf, rowsAfter } from './after'

const byName = ['last_name', 'first_name', 'id'].map((column) => ({ column, ascending: true }))
const newest = ['created_at', 'id'].map((column) => ({ column, ascending: false }))

describe('rows after a row', () => {
  it('are further in the first column, or in the next where that is equal', () => {
    const cursor = cursorOf({ id: '7', last_name: 'Hopper', first_name: 'Grace', city: 'Rome' }, byName)
    expect(cursor).toEqual(['Hopper', 'Grace', '7'])
    expect(rowsAfter(byName, cursor ?? [])).toBe(
      'last_name.gt."Hopper",and(last_name.eq."Hopper",first_name.gt."Grace"),and(last_name.eq."Hopper",first_name.eq."Grace",id.gt."7")',
    )
  })
  it('come before it in time when the newest are first', () => {
    const cursor = cursorOf({ id: '7', created_at: '2026-11-24T09:00:00.123456+00:00' }, newest)
    expect(rowsAfter(newest, cursor ?? [])).toBe(
      'created_at.lt."2026-11-24T09:00:00.123456+00:00",and(created_at.eq."2026-11-24T09:00:00.123456+00:00",id.lt."7")',
    )
  })
  it('survive what a name may hold', () => {
    const name = [{ column: 'name', ascending: true }, { column: 'id', ascending: true }]
    expect(rowsAfter(name, ['a"b\\c,(d)', '7'])).toBe('name.gt."a\\"b\\\\c,(d)",and(name.eq."a\\"b\\\\c,(d)",id.gt."7")')
  })
  it('cannot be told by a column that may be empty, or without an id at the end', () => {
    const revenue = [{ column: 'annual_revenue', ascending: false, nullsFirst: false }, { column: 'id', ascending: false }]
    expect(cursorOf({ id: '7', annual_revenue: 5 }, revenue)).toBeNull()
    expect(cursorOf({ id: '7', name: 'x' }, [{ column: 'name', ascending: true }])).toBeNull()
    expect(cursorOf({ id: '7' }, newest)).toBeNull()
    expect(cursorOf(undefined, newest)).toBeNull()
  })
})
