// The dialogs that make records, as the features offer them.
import type { Creator } from '@/store/creators'

const found = import.meta.glob<{ creator: Creator }>('../features/*/create.ts', { eager: true })

export const creators: readonly Creator[] = Object.values(found)
  .map((feature) => feature.creator)
  .sort((a, b) => a.order - b.order)

export function creatorOf(noun: string): Creator | undefined {
  return creators.find((creator) => creator.noun === noun)
}

export function creatorByShortcut(key: string): Creator | undefined {
  return creators.find((creator) => creator.shortcut === key)
}
