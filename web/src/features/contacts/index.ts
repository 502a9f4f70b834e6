// What other features may use of contacts.
export { searchContacts } from './search'
