// After a build: what a cold start of each list page loads, brotli bytes, beside its budget.
// In: the bundle. Out: a table; the build fails when a budget is crossed.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/** The byte budgets of bench/budgets.toml: the gate where there is one, else the goal. */
const budgets = readFileSync(new URL('../../bench/budgets.toml', import.meta.url), 'utf8')
function budgetOf(name: string): number {
  const line = new RegExp(`^${name} = (.*)$`, 'm').exec(budgets)?.[1] ?? ''
  const bytes = /gate = ([\d_]+)/.exec(line)?.[1] ?? /goal = ([\d_]+)/.exec(line)?.[1]
  if (!bytes) throw new Error(`bench/budgets.toml has no ${name}`)
  return Number(bytes.replaceAll('_', ''))
}
const BUDGET_BYTES = {
  initialJs: budgetOf('initial_js_bytes'),
  initialVendor: budgetOf('initial_vendor_bytes'),
  css: budgetOf('css_bytes'),
  html: budgetOf('html_bytes'),
  lazyChunk: budgetOf('lazy_chunk_bytes'),
  totalJs: budgetOf('all_js_bytes'),
}
const LANDING_PAGES = [/features\/contacts\/ContactsPage\.vue/, /features\/organizations\/OrganizationsPage\.vue/]

function brotliBytes(source: string | Uint8Array): number {
  return brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}

export function printInitialClosure(): Plugin {
  return {
    name: 'rapport:closure',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const problems: string[] = []
        const report = (name: string, bytes: number, budget: number) => {
          const over = bytes > budget
          if (over) problems.push(`${name} ${bytes} > ${budget}`)
          console.log(`${over ? 'OVER' : '  ok'}  ${name.padEnd(44)} ${String(bytes).padStart(7)} / ${budget} B br`)
        }
        const files = Object.values(bundle)
        const chunks = files.filter((file): file is Rollup.OutputChunk => file.type === 'chunk')
        const sizes = new Map(chunks.map((chunk) => [chunk.fileName, brotliBytes(chunk.code)]))
        const sizeOf = (name: string) => sizes.get(name) ?? 0
        const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + sizeOf(name), 0)
        const entry = chunks.find((chunk) => chunk.isEntry)
        if (!entry) return

        const closureOf = (start: Rollup.OutputChunk, seen = new Set<string>()): Set<string> => {
          if (seen.has(start.fileName)) return seen
          seen.add(start.fileName)
          for (const name of start.imports) {
            const next = bundle[name]
            if (next?.type === 'chunk') closureOf(next, seen)
          }
          return seen
        }
        const shell = closureOf(entry)
        report('shell', sum(shell), BUDGET_BYTES.initialJs)
        report('vendor in shell', sum([...shell].filter((name) => name.includes('vendor-'))), BUDGET_BYTES.initialVendor)
        for (const page of LANDING_PAGES) {
          const chunk = chunks.find((candidate) => candidate.moduleIds.some((id) => page.test(id)))
          if (!chunk) continue
          const closure = closureOf(chunk, new Set(shell))
          report(`${chunk.name} (${closure.size} files)`, sum(closure), BUDGET_BYTES.initialJs)
        }
        for (const file of files) {
          if (file.type === 'asset' && file.fileName.endsWith('.css')) report(file.fileName, brotliBytes(file.source), BUDGET_BYTES.css)
          if (file.type === 'asset' && file.fileName.endsWith('.html')) report(file.fileName, brotliBytes(file.source), BUDGET_BYTES.html)
        }
        const lazy = chunks.filter((chunk) => !shell.has(chunk.fileName))
        const largest = lazy.sort((a, b) => sizeOf(b.fileName) - sizeOf(a.fileName))[0]
        if (largest) report(`largest lazy chunk: ${largest.name}`, sizeOf(largest.fileName), BUDGET_BYTES.lazyChunk)
        report(`all JavaScript (${chunks.length} files)`, sum(sizes.keys()), BUDGET_BYTES.totalJs)
        if (problems.length) this.error(`over the byte budget: ${problems.join('; ')}`)
      },
    },
  }
}
