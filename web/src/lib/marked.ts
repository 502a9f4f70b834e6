// Which parts of a name answer a search, so that they can be set off.
//
// In: a text as people wrote it, the folded words of a search. Out: the text in parts, in order, none of them empty.
// Invariant: the parts together are the text.
import { fold } from './fold'

export interface Part {
  text: string
  marked: boolean
}

export function markedParts(text: string, words: readonly string[]): Part[] {
  const letters = [...text]
  // Where each letter begins in the folded text: folding may take a letter away or make two of one.
  const folded = letters.map(fold)
  const whole = folded.join('')
  const covered = new Uint8Array(whole.length)
  for (const word of words) {
    for (let at = word ? whole.indexOf(word) : -1; at >= 0; at = whole.indexOf(word, at + 1)) covered.fill(1, at, at + word.length)
  }
  const parts: Part[] = []
  let place = 0
  letters.forEach((letter, index) => {
    const length = folded[index]?.length ?? 0
    const last = parts.at(-1)
    // An accent that stands alone belongs to the letter before it.
    const marked = length === 0 ? (last?.marked ?? false) : covered.subarray(place, place + length).includes(1)
    place += length
    if (last && last.marked === marked) last.text += letter
    else parts.push({ text: letter, marked })
  })
  return parts
}
