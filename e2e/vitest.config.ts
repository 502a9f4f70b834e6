import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['clients/**/*.test.ts'],
    globalSetup: 'clients/setup.ts',
    // One server for all files; each file makes workspaces of its own in it.
    fileParallelism: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
