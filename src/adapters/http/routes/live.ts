import type { WebSocket } from 'ws';
import { callerOf } from '../guard.ts';
import { LiveHub } from '../live-hub.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers } from '../shapes/elements.ts';

export function liveRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const hub = new LiveHub(services.board, services.notices, {
    beatMs: options.heartbeatMs,
    sessionCheckMs: options.sessionCheckMs,
  });
  app.addHook('preClose', async () => hub.close());

  app.route({
    method: 'GET',
    url: '/live',
    schema: {
      operationId: 'watchLive',
      tags: ['live'],
      summary: 'WebSocket：先 snapshot，后逐条编号的变化（agent、call、callGone、source、notice）',
      response: answers({ 101: { description: '已转为 WebSocket', type: 'null' } }),
    },
    handler: () => {
      throw new Refusal('request.webSocketOnly');
    },
    wsHandler: (socket: WebSocket, request) => {
      const tokenHash = request.authenticated?.tokenHash;
      // Looked up, not authenticated: a screen left open must not keep its session alive for ever.
      const stillValid = async (): Promise<boolean> =>
        tokenHash !== undefined && (await services.sessions.find(tokenHash, services.now())) !== null;
      hub.add(socket, callerOf(request), stillValid);
    },
  });
}
