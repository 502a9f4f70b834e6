// Text as search compares it: lower case, accents off. The same rules as app.fold in the database.
const SINGLES: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', ß: 's', þ: 'p' }

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[øłđðıßþ]/g, (letter) => SINGLES[letter] ?? letter)
}

/** The words of a search, without the characters that mean something in a pattern. */
export function searchWords(text: string): string[] {
  return text.replace(/[*%\\"(),]/g, ' ').split(/\s+/).filter(Boolean)
}
