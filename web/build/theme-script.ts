// Puts src/app/theme-boot.js into the head as a small blocking file, so that the first paint already has the right
// colours. A file and not inline: the content security policy then needs no hash.
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const SOURCE = new URL('../src/app/theme-boot.js', import.meta.url)

export function themeScript(): Plugin {
  let reference = ''
  let building = false
  return {
    name: 'rapport:theme-script',
    config(_, { command }) {
      building = command === 'build'
    },
    buildStart() {
      if (building) {
        reference = this.emitFile({ type: 'asset', name: 'theme.js', source: minimal(readFileSync(SOURCE, 'utf8')) })
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler() {
        const src = building ? `/__RAPPORT_THEME__` : '/src/app/theme-boot.js'
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }]
      },
    },
    generateBundle: {
      order: 'post', // After Vite has put index.html into the bundle.
      handler(_, bundle) {
        const html = bundle['index.html']
        if (html?.type === 'asset') {
          html.source = String(html.source).replace('__RAPPORT_THEME__', this.getFileName(reference))
        }
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
