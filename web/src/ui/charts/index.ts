// Charts in plain SVG: they take the theme's colours, follow their width, and read out as a table.
export { default as MonthColumns, type MonthColumn } from './MonthColumns.vue'
export { default as ShareRing } from './ShareRing.vue'
export { default as StageBars, type StageBar } from './StageBars.vue'
