import { describe, expect, it } from 'vitest'
import { markedParts } from './marked'

const shown = (text: string, ...words: string[]) => markedParts(text, words).map((part) => (part.marked ? `[${part.text}]` : part.text)).join('')

describe('marked parts', () => {
  const cases: [text: string, words: string[], shown: string][] = [
    ['Grace Hopper', ['hop'], 'Grace [Hop]per'],
    ['Grace Hopper', ['gra', 'hop'], '[Gra]ce [Hop]per'],
    ['Zoë Ångström', ['zoe', 'angs'], '[Zoë] [Ångs]tröm'],
    ['Zoe\u0308 Lee', ['zoe'], '[Zoe\u0308] Lee'],
    ['Anna', ['an', 'nn'], '[Ann]a'],
    ['banana', ['ana'], 'b[anana]'],
    ['Grace', ['x', ''], 'Grace'],
    ['', ['x'], ''],
    ['👩‍💻 Ann', ['ann'], '👩‍💻 [Ann]'],
  ]
  for (const [text, words, expected] of cases) it(`${text} for ${words.join(' ')}`, () => expect(shown(text, ...words)).toBe(expected))
})
