// Finding an organization to link to.
import { db, rows } from '@/api/data'
import type { Organization } from '@/api/records'
import { matchingWords } from '@/api/search'
import { learnName } from '@/store/names'
import type { Choice } from '@/ui/choice'

/** Organizations whose name, domain or phone holds every word, latest first. */
export async function searchOrganizations(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = matchingWords(db.from('organizations').select('id,name,domain').is('deleted_at', null), text)
  const found = await rows<Pick<Organization, 'id' | 'name' | 'domain'>>(query.order('updated_at', { ascending: false }).limit(8).abortSignal(signal))
  return found.map(({ id, name, domain }) => {
    learnName('organizations', id, name)
    return { value: id, label: name, detail: domain ?? '' }
  })
}
