// The client library alone, as one ES module; tsc writes its type declarations beside it.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'lib',
    sourcemap: true,
    modulePreload: false,
    rollupOptions: {
      input: 'src/client/index.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'index.js' },
    },
  },
});
