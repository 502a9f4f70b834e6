// What other features may use of organizations.
export { createOrganizationByName } from './create-by-name'
export { searchOrganizations } from './search'
