// What other features may use: the timeline of a record, the composer above it, one task as a row.
export { checkOff } from './check-off'
export { default as Composer } from './Composer.vue'
export { default as TaskRow } from './TaskRow.vue'
export { default as Timeline } from './Timeline.vue'
export { kindOf } from './activity'
