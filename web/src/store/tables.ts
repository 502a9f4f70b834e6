// The rows of every synchronised table, once for the whole app.
//
//   const contact = computed(() => tables.contacts.get(id))
import type { Row, TableName, Tables } from '@/api/records'
import { createRows, type Rows } from './rows'

export const tables: { readonly [T in TableName]: Rows<Tables[T]> } = {
  contacts: createRows(),
  organizations: createRows(),
  opportunities: createRows(),
  pipelines: createRows(),
  stages: createRows(),
  products: createRows(),
  opportunity_items: createRows(),
  activities: createRows(),
  memberships: createRows(),
  teams: createRows(),
  tags: createRows(),
  custom_fields: createRows(),
  imports: createRows(),
}

/** The rows of a table named by a variable. */
export function rowsOf<T extends TableName>(table: T): Rows<Tables[T]> {
  return tables[table] as Rows<Tables[T]>
}

/** The same, for code that only needs what all rows have. */
export function anyRowsOf(table: TableName): Rows<Row> {
  return tables[table] as unknown as Rows<Row>
}
