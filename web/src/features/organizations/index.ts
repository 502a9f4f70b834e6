// What other features may use of organizations.
export { createOrganizationByName } from './create-by-name'
export { default as RelatedOpportunities } from './RelatedOpportunities.vue'
export { searchOrganizations } from './search'
