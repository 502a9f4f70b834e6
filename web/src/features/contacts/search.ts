// Finding a contact to link to.
import { db, rows } from '@/api/data'
import type { Contact } from '@/api/records'
import { matchingWords } from '@/api/search'
import { contactName, learnName } from '@/store/names'
import type { Choice } from '@/ui/choice'

type Found = Pick<Contact, 'id' | 'first_name' | 'last_name' | 'email' | 'job_title'>

/** Contacts whose name, mail or phone holds every word, latest first. */
export async function searchContacts(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = matchingWords(db.from('contacts').select('id,first_name,last_name,email,job_title').is('deleted_at', null), text)
  const found = await rows<Found>(query.order('updated_at', { ascending: false }).limit(8).abortSignal(signal))
  return found.map((contact) => {
    const label = contactName(contact)
    learnName('contacts', contact.id, label)
    return { value: contact.id, label, detail: contact.job_title ?? contact.email ?? '' }
  })
}
