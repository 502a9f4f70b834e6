// Search by fragment: every word must occur. The server keeps indexes for exactly this.
import { searchWords } from '@/lib/fold'

interface Filterable<Q> {
  ilike(column: string, pattern: string): Q
}

/** Adds one condition per word on the folded search text. */
export function matchingWords<Q extends Filterable<Q>>(query: Q, text: string): Q {
  return searchWords(text).reduce((narrowed, word) => narrowed.ilike('search_text', `*${word}*`), query)
}
