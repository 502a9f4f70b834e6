// Puts src/app/theme-boot.js into the head as a small blocking file, so that the first paint already has the right
// colours. A file and not inline: the content security policy then needs no hash.
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const NAME = 'theme.js'
const SOURCE = new URL('../src/app/theme-boot.js', import.meta.url)

export function themeScript(): Plugin {
  let building = false
  return {
    name: 'rapport:theme-script',
    config(_, { command }) {
      building = command === 'build'
    },
    buildStart() {
      if (building) this.emitFile({ type: 'asset', name: NAME, source: minimal(readFileSync(SOURCE, 'utf8')) })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const file = Object.values(bundle ?? {}).find((output) => output.type === 'asset' && output.names.includes(NAME))
        if (building && !file) throw new Error('the theme script is missing from the bundle')
        const src = file ? `/${file.fileName}` : '/src/app/theme-boot.js'
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** The script without its comments and indentation. */
function minimal(code: string): string {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('//'))
    .join('\n')
}
