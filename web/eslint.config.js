// Lint rules with teeth: strict types, and the one direction in which imports may go:
// app → features → store, live, api, ui, lib. A feature sees another only through its index.ts.
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

/** Forbids imports below `@/` and relative ones that leave the folder for another top-level one. */
const forbid = (...folders) =>
  folders.map((folder) => ({
    regex: `^(@/|(\\.\\./)+)${folder}(/|$)`,
    message: `Imports go one way: app → features → store, live, api, ui, lib. "${folder}" is above this file.`,
  }))

const foreignFeature = [
  { regex: '^@/features/\\w+/.+', message: "Use the other feature's index.ts, or a relative path inside your own." },
  { regex: '^(\\.\\./)+features/', message: "Use '@/features/<name>' for another feature." },
]

const restrict = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.flat() }] },
})

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
  },
  {
    rules: {
      'max-lines': ['error', { max: 500 }],
      'no-console': ['error', { allow: ['error'] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/max-lines-per-block': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['build/**', '*.config.*'], rules: { 'no-console': 'off' } },
  restrict(['src/lib/**'], forbid('app', 'features', 'store', 'live', 'api', 'ui')),
  restrict(['src/api/**'], forbid('app', 'features', 'store', 'live', 'ui')),
  restrict(['src/live/**', 'src/store/**'], forbid('app', 'features')),
  restrict(['src/ui/**'], forbid('app', 'features', 'store', 'live', 'api')),
  restrict(['src/features/**'], forbid('app'), foreignFeature),
)
