import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/records'
import { createRows } from './rows'

interface Person extends Row {
  readonly name: string
  readonly title?: string
}
function person(version: number, name: string, more: Partial<Person> = {}): Person {
  return { id: 'a', version, name, created_at: '', updated_at: '', ...more }
}

describe('rows', () => {
  it('never puts an older version over a newer one', () => {
    const rows = createRows<Person>()
    rows.put(person(3, 'new'))
    rows.put(person(2, 'old'))
    expect(rows.get('a')?.name).toBe('new')
  })

  it('does not revive a deleted row by a late answer', () => {
    const rows = createRows<Person>()
    rows.put(person(2, 'Ann'))
    rows.remove('a', 3)
    rows.put(person(2, 'Ann'))
    expect(rows.get('a')).toBeUndefined()
  })

  it('keeps columns that an answer with fewer columns does not mention', () => {
    const rows = createRows<Person>()
    rows.put(person(1, 'Ann', { title: 'CTO' }))
    rows.put(person(2, 'Anna'))
    expect(rows.get('a')).toMatchObject({ name: 'Anna', title: 'CTO', version: 2 })
  })

  it('shows an edit at once and takes it back', () => {
    const rows = createRows<Person>()
    rows.put(person(1, 'Ann'))
    const takeBack = rows.edit('a', { name: 'Bea' })
    expect(rows.get('a')?.name).toBe('Bea')
    takeBack()
    expect(rows.get('a')?.name).toBe('Ann')
  })

  it('keeps an edit on top of what others change meanwhile', () => {
    const rows = createRows<Person>()
    rows.put(person(1, 'Ann', { title: 'CTO' }))
    const takeBack = rows.edit('a', { name: 'Bea' })
    rows.put(person(2, 'Ann', { title: 'CEO' }))
    expect(rows.get('a')).toMatchObject({ name: 'Bea', title: 'CEO' })
    rows.put(person(3, 'Bea', { title: 'CEO' }))
    takeBack()
    expect(rows.get('a')).toMatchObject({ name: 'Bea', title: 'CEO', version: 3 })
  })

  it('forgets a row when its last holder releases it', () => {
    const rows = createRows<Person>()
    rows.put(person(1, 'Ann'))
    rows.hold(['a'])
    rows.hold(['a'])
    rows.release(['a'])
    expect(rows.has('a')).toBe(true)
    rows.release(['a'])
    expect(rows.has('a')).toBe(false)
  })

  it('does not grow with changes nobody looks at', () => {
    const rows = createRows<Person>()
    for (let i = 0; i < 5000; i += 1) rows.putGuest({ ...person(1, 'x'), id: `row-${i}` })
    expect(rows.all().length).toBe(2000)
  })

  it('hands out frozen rows', () => {
    const rows = createRows<Person>()
    rows.put(person(1, 'Ann'))
    expect(Object.isFrozen(rows.get('a'))).toBe(true)
  })
})
