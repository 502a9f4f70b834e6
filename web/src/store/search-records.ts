// Picking a linked record by typing a part of its name: for the comboboxes of forms.
import { db, rows } from '@/api/data'
import type { RowId } from '@/api/records'
import { matchingWords } from '@/api/search'
import { formatMoney } from '@/lib/format'
import type { Choice } from '@/ui/choice'
import { contactName, learnName, type NamedTable } from './names'

const MOST = 12

interface Found {
  id: RowId
  name?: string
  first_name?: string
  last_name?: string
  email?: string | null
  domain?: string | null
  amount?: number
  currency?: string
}

const COLUMNS: Record<NamedTable, string> = {
  contacts: 'id,first_name,last_name,email',
  organizations: 'id,name,domain',
  opportunities: 'id,name,amount,currency',
}

/** The records that hold every word of the text; the latest ones when nothing is typed. Their names are remembered. */
export async function searchRecords(table: NamedTable, text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = db.from(table).select(COLUMNS[table]).is('deleted_at', null)
  const found = await rows<Found>(
    matchingWords(query, text).order('updated_at', { ascending: false }).limit(MOST).abortSignal(signal),
  )
  return found.map((row) => {
    const label = row.name ?? contactName(row)
    learnName(table, row.id, label)
    return { value: row.id, label, detail: detailOf(row) }
  })
}

function detailOf(row: Found): string {
  if (row.amount !== undefined) return formatMoney(row.amount, row.currency)
  return row.email ?? row.domain ?? ''
}
