import type { WebSocket } from 'ws';

/** Below the idle time at which proxies cut a connection (60 s is usual). */
export const BEAT_MS = 20_000;

/** Pings so that proxies see traffic, and ends a connection whose far end has not answered since the last ping. */
export function keepAlive(socket: WebSocket, everyMs: number = BEAT_MS): void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}
