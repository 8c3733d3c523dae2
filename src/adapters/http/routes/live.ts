import { Type } from '@fastify/type-provider-typebox';
import type { RawData, WebSocket } from 'ws';
import type { CommandReply } from '../../../app/ports/command-reply.ts';
import { callerOf } from '../guard.ts';
import { LiveHub } from '../live-hub.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';

/** Twice as often as needed, and no more: a page that goes mad beats nobody else's words off the way. */
const BEAT_SPACING_MS = 15_000;
const BEAT_LENGTH_MAX = 100;

/**
 * `{"type":"heartbeat"}`, sent by the page itself: a pong is answered by the browser even for a page that hangs. What
 * else the page says is not for us.
 */
function listenForBeats(socket: WebSocket, beat: () => Promise<CommandReply>): void {
  let lastAt = Number.NEGATIVE_INFINITY;
  socket.on('message', (data: RawData, isBinary) => {
    const now = performance.now();
    if (isBinary || !(data instanceof Buffer) || data.length > BEAT_LENGTH_MAX) return;
    if (now - lastAt < BEAT_SPACING_MS || !/^\{\s*"type"\s*:\s*"heartbeat"\s*\}$/.test(data.toString()))
      return;
    lastAt = now;
    // Lost: the next one comes in half a minute, and while nobody is heard no silence counts.
    beat().catch(() => {
      lastAt = Number.NEGATIVE_INFINITY;
    });
  });
}

export function liveRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const hub = new LiveHub(services.board, services.notices, {
    beatMs: options.heartbeatMs,
    sessionCheckMs: options.sessionCheckMs,
    wordMs: options.wordMs,
  });
  app.addHook('preClose', async () => hub.close());

  app.route({
    method: 'GET',
    url: '/live',
    schema: {
      operationId: 'watchLive',
      tags: ['live'],
      summary:
        'WebSocket：先 snapshot，后逐条编号的变化（agent、call、callGone、queue、source、notice）与每 5 秒一次的 beat；' +
        '断线重连时带上最后的 epoch 与 seq，可只补所缺（resumed）；话务员页面每 30 秒发 {"type":"heartbeat"}',
      querystring: exactly({
        epoch: Type.Optional(Type.String({ maxLength: 64, description: '最后所见的 epoch' })),
        after: Type.Optional(
          Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: '最后所见的 seq' }),
        ),
      }),
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
      const account = callerOf(request);
      const { epoch, after } = request.query;
      const from = epoch === undefined || after === undefined ? null : { epoch, seq: after };
      hub.add(socket, account, stillValid, from);
      if (account.roles.includes('agent')) {
        listenForBeats(socket, () => services.commands.send({ kind: 'heartbeat', agentId: account.id }));
      }
    },
  });
}
