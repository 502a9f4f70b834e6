// The tags of the workspace, offered wherever a record is tagged.
import { computed } from 'vue'
import { db, rows } from '@/api/data'
import type { Tag } from '@/api/records'
import { tables } from './tables'

let loading: Promise<void> | undefined

/** Loads the tags unless they are here. */
export function loadTags(): Promise<void> {
  if (tables.tags.all().length === 0) loading = undefined
  loading ??= rows<Tag>(db.from('tags').select('*').is('deleted_at', null).order('name').limit(500)).then(
    (tags) => {
      tables.tags.hold(tags.map((tag) => tag.id))
      tables.tags.putAll(tags)
    },
    () => {
      loading = undefined
    },
  )
  return loading
}

export const tagNames = computed(() =>
  tables.tags
    .all()
    .filter((tag) => !tag.deleted_at)
    .map((tag) => tag.name)
    .sort((one, other) => one.localeCompare(other)),
)
