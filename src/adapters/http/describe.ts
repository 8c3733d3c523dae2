import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './app.ts';
import type { ApiServices } from './services.ts';

/** Whatever a route takes hold of while it is set up; no request is ever asked of it. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, key) => (key === 'then' ? undefined : nothing),
  apply: () => nothing,
});

/** The API's description without the things behind the API, for those who write against it. */
export async function describeApi(log: FastifyBaseLogger): Promise<object> {
  const app = await buildApp(
    nothing as ApiServices,
    {
      recordingsDir: import.meta.dirname,
      asteriskHttpUrl: 'http://127.0.0.1',
      sipPort: 5060,
      trustProxy: [],
      consoleDir: null,
      keptPagesDir: null,
    },
    log,
  );
  try {
    return app.swagger();
  } finally {
    await app.close();
  }
}
