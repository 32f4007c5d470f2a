import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { budget } from './budget-plugin.ts';
import { catalogue } from './catalogue-plugin.ts';

export default defineConfig({
  plugins: [react(), catalogue(), budget()],
  clearScreen: false,
  build: {
    target: ['es2022', 'safari17'],
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    testTimeout: 20_000,
    // Nothing else runs beside the tests: the default leaves a core for an editor.
    maxWorkers: '100%',
  },
});
