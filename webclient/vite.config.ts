import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  // Where Vite's server finds the gateway for a page that is being worked on.
  const gateway = loadEnv(mode, '.', 'ODIN_')['ODIN_GATEWAY'] ?? 'http://127.0.0.1:8080';
  return {
    // Relative, so that the page works under any path a reverse proxy gives it.
    base: './',
    build: {
      target: 'es2022',
      // A data: address would break the page's strict Content-Security-Policy.
      assetsInlineLimit: 0,
      modulePreload: false,
    },
    server: {
      // A test compares the documentation with the library.
      fs: { allow: ['.', '../docs'] },
      proxy: {
        '/ws': { target: gateway, ws: true },
        '/config.json': { target: gateway },
      },
    },
    test: {
      include: ['tests/**/*.test.ts'],
      environment: 'node',
      coverage: {
        include: ['src/client/**/*.ts'],
        // Types only.
        exclude: ['src/client/messages.ts', 'src/client/shared.ts'],
        reporter: ['text-summary'],
        thresholds: { lines: 95 },
      },
    },
  };
});
