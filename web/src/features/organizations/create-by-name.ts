// Makes an organization from nothing but its name, while another form is being filled in.
import { insertRow } from '@/api/data'
import type { RowId } from '@/api/records'
import { learnName } from '@/store/names'
import { tables } from '@/store/tables'
import { toast } from '@/ui/toast'
import { errorFromThrown } from '@/api/error'

/** The id of the new organization; null when it could not be made (a toast has told why). */
export async function createOrganizationByName(name: string): Promise<RowId | null> {
  try {
    const made = await insertRow('organizations', { name })
    tables.organizations.putGuest(made)
    learnName('organizations', made.id, made.name)
    return made.id
  } catch (thrown) {
    toast({ kind: 'error', title: 'The organization was not added', text: errorFromThrown(thrown).message })
    return null
  }
}
