// How the web app is built: chunks by vendor and by feature, sizes printed and checked after each build.
import { fileURLToPath } from 'node:url'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { printInitialClosure } from './build/closure.ts'
import { themeScript } from './build/theme-script.ts'

const backend = process.env.RAPPORT_BACKEND ?? 'http://127.0.0.1:8080'

/** Matches the modules of the named packages. */
const pkg = (...names: string[]) => new RegExp(`[\\\\/]node_modules[\\\\/](${names.join('|')})[\\\\/]`)

/** What every page needs of our own code, and the two helpers of the bundler. */
const base = new RegExp(
  [
    'vite[\\\\/]preload-helper|plugin-vue:export-helper|heroicons[\\\\/]vue[\\\\/]20[\\\\/]solid[\\\\/]esm[\\\\/]PlusIcon',
    'src[\\\\/]lib[\\\\/](format|timing|identity|fold|count)\\.',
    'src[\\\\/]api[\\\\/](?!auth)',
    'src[\\\\/]live[\\\\/](?!socket)',
    'src[\\\\/]store[\\\\/](tables|rows|names|members|session|list|use-table-list|creators)\\.',
    'src[\\\\/]ui[\\\\/](toast\\.ts|Button|IconButton|Avatar|keys|media)',
  ].join('|'),
)

/** What every list page needs besides. */
const lists =
  /src[\\/](ui[\\/](virtual|ColumnHeader|list[\\/](ListToolbar|RowSkeleton))|store[\\/](list-state|selection)|lib[\\/]since)|16[\\/]solid[\\/]esm[\\/]Arrow(Up|Down)Icon/

export default defineConfig({
  plugins: [vue(), tailwind(), themeScript(), printInitialClosure()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  server: {
    proxy: {
      '/api': backend,
      '/auth/v1': backend,
      '/rest/v1': backend,
      '/realtime/v1': { target: backend, ws: true },
    },
  },
  build: {
    target: 'es2022',
    minify: 'oxc',
    cssMinify: 'lightningcss',
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 2048,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: {
        // contacts-*, organizations-*: a group per feature would merge its lazy dialogs into its list page.
        chunkFileNames: (chunk) => {
          const feature = [chunk.facadeModuleId, ...chunk.moduleIds]
            .map((id) => (id ? /src\/features\/(\w+)\//.exec(id)?.[1] : undefined))
            .find(Boolean)
          return feature && !chunk.name.startsWith(feature)
            ? `assets/${feature}-${chunk.name}-[hash].js`
            : 'assets/[name]-[hash].js'
        },
        // Icons stay out of every group: in one they would drag all of reka-ui into the shell.
        codeSplitting: {
          groups: [
            { name: 'vendor-core', test: pkg('vue', '@vue', 'vue-router', 'pinia', '@pinia', 'nostics'), priority: 30 },
            // Needed by every page after sign-in: one file instead of eight.
            { name: 'base', test: base, priority: 25 },
            { name: 'lists', test: lists, priority: 24 },
            {
              name: 'vendor-ui',
              test: pkg('reka-ui', '@floating-ui', '@vueuse', 'aria-hidden', '@internationalized', 'defu', 'ohash'),
              priority: 20,
              entriesAware: true,
              entriesAwareMergeThreshold: 4096,
            },
            {
              name: 'vendor-utils',
              test: pkg('@supabase', 'valibot', '@atlaskit', 'bind-event-listener', 'raf-schd', '@babel', 'tslib'),
              priority: 10,
              entriesAware: true,
              entriesAwareMergeThreshold: 1024,
            },
          ],
        },
      },
    },
  },
})
