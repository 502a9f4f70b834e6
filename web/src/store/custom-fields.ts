// The custom fields of the workspace: few, loaded once, shown on every record of their table.
import { computed, type ComputedRef } from 'vue'
import { db, rows } from '@/api/data'
import type { CustomField, TableName } from '@/api/records'
import { tables } from './tables'

let loading: Promise<void> | undefined

/** Loads the definitions unless they are here. */
export function loadCustomFields(): Promise<void> {
  loading ??= rows<CustomField>(db.from('custom_fields').select('*').is('deleted_at', null).order('position').limit(500)).then(
    (fields) => {
      tables.custom_fields.hold(fields.map((field) => field.id))
      tables.custom_fields.putAll(fields)
    },
    () => {
      loading = undefined
    },
  )
  return loading
}

/** The definitions of a table, in their order. */
export function customFieldsOf(table: TableName): ComputedRef<CustomField[]> {
  return computed(() =>
    tables.custom_fields
      .all()
      .filter((field) => field.table_name === table && !field.deleted_at)
      .sort((one, other) => one.position - other.position),
  )
}
