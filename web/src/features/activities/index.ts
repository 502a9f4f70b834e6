// What other features may use: the timeline of a record, the composer above it, one task as a row.
import { defineAsyncComponent } from 'vue'

export { default as Composer } from './Composer.vue'
export { default as TaskRow } from './TaskRow.vue'
export { default as Timeline } from './Timeline.vue'
export { kindOf } from './activity'

/** Makes or edits an activity; fetched when first shown. */
export const ActivityDialog = defineAsyncComponent(() => import('./ActivityDialog.vue'))
