import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The development server (`npx vite -c src/console/vite.config.ts`) hands what is not a page on to a running API. */
const API = process.env.YIHAOTONG_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // What each area of the console draws in for itself is fetched when it is opened.
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: {
      '/v1': { target: API, ws: true },
      '/sip': { target: API, ws: true },
    },
  },
});
