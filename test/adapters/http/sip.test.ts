import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Counter, openCounter } from './counter.ts';
import { listen, portOf, refusedWith } from './web-socket.ts';

// The switch's HTTP server, as far as a browser phone sees it; it also has what must stay out of reach.
const asked: string[] = [];
const phones: WebSocket[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end('ari');
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
  asked.push(`${request.url} ${socket.protocol}`);
  phones.push(socket);
  socket.on('message', (data, isBinary) => socket.send(`echo ${String(data)}`, { binary: isBinary }));
});

let counter: Counter;
let port: number;
let asteriskHttpUrl: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  asteriskHttpUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  counter = await openCounter({ options: { asteriskHttpUrl: `${asteriskHttpUrl}/ari` } });
  port = await portOf(counter);
});
afterAll(async () => {
  await counter.close();
  sockets.close();
  server.close();
});

test('a browser phone speaks SIP with the switch through us, both ways, one to one', async () => {
  const phone = listen(port, '/sip', counter.people.agent);
  // Said before the switch is reached: nothing may get lost.
  await once(phone.socket, 'open');
  expect(phone.socket.protocol).toBe('sip');
  for (let n = 0; n < 50; n += 1) phone.socket.send(`REGISTER ${n}`);
  await phone.until(50);
  expect(phone.messages).toEqual(Array.from({ length: 50 }, (_, n) => `echo REGISTER ${n}`));
  expect(asked).toEqual(['/ws sip']);
  phone.socket.close(1000);
  const [code] = (await once(phones[0] as WebSocket, 'close')) as [number];
  expect(code).toBe(1000);
});

test('when the switch closes, so does the phone’s connection', async () => {
  const phone = listen(port, '/sip', counter.people.agent);
  await once(phone.socket, 'open');
  phone.socket.send('OPTIONS');
  await phone.until(1);
  phones.at(-1)?.close(1001, 'restarting');
  expect(await phone.closed).toEqual({ code: 1001, reason: 'restarting' });
});

test('only an agent, only from our own page', async () => {
  expect(await refusedWith(listen(port, '/sip', null))).toBe(401);
  expect(await refusedWith(listen(port, '/sip', counter.people.admin))).toBe(403);
  const cookie = `yht_session=${counter.people.agent.token}`;
  expect(await refusedWith(listen(port, '/sip', null, { cookie, origin: 'https://evil.example' }))).toBe(403);
});

test('ARI stays out of reach, whatever the address looks like', async () => {
  const before = asked.length;
  for (const path of [
    '/ari/channels',
    '/sip/../ari/channels',
    '/sip/ari',
    '/ws',
    '/sip%2f..%2fari',
    '//ari/channels',
  ]) {
    const { status } = await counter.ask(counter.people.agent, 'GET', path);
    expect({ path, status }).toEqual({ path, status: 404 });
    expect(await refusedWith(listen(port, path, counter.people.agent))).toBe(404);
  }
  const { status } = await counter.ask(counter.people.agent, 'GET', '/sip');
  expect(status).toBe(426);
  expect(asked).toHaveLength(before);
});

test('a switch that is away is told by a close that means: try again later', async () => {
  const away = await openCounter({ options: { asteriskHttpUrl: 'http://127.0.0.1:9' } });
  const phone = listen(await portOf(away), '/sip', away.people.agent);
  expect((await phone.closed).code).toBe(1013);
  await away.close();
});
