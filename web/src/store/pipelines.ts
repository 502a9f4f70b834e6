// Pipelines and their stages: few rows, loaded once, kept live. Boards, forms and cells read names and kinds from here.
import { computed } from 'vue'
import { db, rows } from '@/api/data'
import type { Pipeline, RowId, Stage } from '@/api/records'
import { tables } from './tables'

let loading: Promise<void> | undefined

/** Loads pipelines and stages unless they are here. */
export function loadPipelines(): Promise<void> {
  // Signing out empties the tables; what was loaded for another person does not count.
  if (tables.stages.all().length === 0) loading = undefined
  loading ??= fetchAll().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function fetchAll(): Promise<void> {
  const [pipelineRows, stageRows] = await Promise.all([
    rows<Pipeline>(db.from('pipelines').select('*').is('deleted_at', null).order('position').limit(100)),
    rows<Stage>(db.from('stages').select('*').is('deleted_at', null).order('position').limit(1000)),
  ])
  tables.pipelines.hold(pipelineRows.map((pipeline) => pipeline.id))
  tables.stages.hold(stageRows.map((stage) => stage.id))
  tables.pipelines.putAll(pipelineRows)
  tables.stages.putAll(stageRows)
}

/** The pipelines in their order; the default one leads when positions tie. */
export const pipelines = computed<readonly Pipeline[]>(() =>
  tables.pipelines
    .all()
    .filter((pipeline) => !pipeline.deleted_at)
    .sort((one, other) => one.position - other.position || Number(other.is_default) - Number(one.is_default)),
)

/** The pipeline that new opportunities start in. */
export const defaultPipeline = computed(() => pipelines.value.find((pipeline) => pipeline.is_default) ?? pipelines.value[0])

const stagesByPipeline = computed(() => {
  const byPipeline = new Map<RowId, Stage[]>()
  const live = tables.stages.all().filter((stage) => !stage.deleted_at)
  for (const stage of live.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))) {
    const known = byPipeline.get(stage.pipeline_id)
    if (known) known.push(stage)
    else byPipeline.set(stage.pipeline_id, [stage])
  }
  return byPipeline
})

/** The stages of a pipeline in their order. Reactive. */
export function stagesOf(pipelineId: RowId | null | undefined): readonly Stage[] {
  return (pipelineId && stagesByPipeline.value.get(pipelineId)) || []
}

/** One stage. Reactive. */
export function stageOf(stageId: RowId | null | undefined): Stage | undefined {
  return tables.stages.get(stageId)
}
