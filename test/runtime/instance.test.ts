import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { iceHosts } from '../../src/runtime/asterisk-service.ts';
import { livingChildren, startChild, startTicks } from '../../src/runtime/child.ts';
import { instanceOf, instanceSecrets, openInstanceFolder } from '../../src/runtime/instance.ts';
import { roleEnvironment, trunkSettings } from '../../src/runtime/instance-settings.ts';
import { tryLock } from '../../src/runtime/lock.ts';
import { freePort, takenPorts } from '../../src/runtime/ports.ts';
import {
  bootId,
  leftBehind,
  markOf,
  type RunState,
  readRunState,
  reapStale,
  writeRunState,
} from '../../src/runtime/run-state.ts';

let dir = '';
const servers: Server[] = [];
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'yihaotong-instance-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  await Promise.all(livingChildren().map((child) => child.stop()));
  rmSync(dir, { recursive: true, force: true });
});

test('a taken port is named with its purpose and holder', async () => {
  const port = await freePort();
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const uses = [
    { port, protocol: 'tcp', host: '127.0.0.1', purpose: 'ARI' },
    { port: await freePort(), protocol: 'tcp', host: '127.0.0.1', purpose: 'AMI' },
  ] as const;
  const taken = await takenPorts(uses);
  expect(taken).toHaveLength(1);
  expect(taken[0]).toContain(`Port ${port}/tcp (ARI) is taken: held by process ${process.pid} (`);
});

test('a lock has one holder, tells who, and is free again after its release', () => {
  const path = join(dir, 'lock');
  const lock = tryLock(path, 'process 42');
  expect(lock).not.toBeNull();
  expect(tryLock(path, 'process 43')).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe('process 42');
  lock?.release();
  const next = tryLock(path, 'process 44');
  expect(next).not.toBeNull();
  next?.release();
});

test('a killed holder leaves no lock', async () => {
  const path = join(dir, 'lock-of-the-dead');
  // Held by another program here: the lock belongs to the open file, whoever opened it.
  const output = join(dir, 'holder.log');
  const holder = await startChild({
    name: 'holder',
    path: 'flock',
    args: ['-x', '-o', path, 'sh', '-c', 'echo held; sleep 600'],
    output,
  });
  await vi.waitFor(() => expect(readFileSync(output, 'utf8')).toContain('held'));
  expect(tryLock(path, 'me')).toBeNull();
  process.kill(-holder.pid, 'SIGKILL');
  await holder.exited;
  await vi.waitFor(() => {
    const lock = tryLock(path, 'me');
    expect(lock).not.toBeNull();
    lock?.release();
  });
});

const stateWith = (children: RunState['children'], changes: Partial<RunState> = {}): RunState => ({
  boot: bootId(),
  supervisor: { name: 'supervisor', pid: 1, ticks: 'of a process that is gone' },
  phase: 'ready',
  failure: null,
  startedMs: 0,
  children,
  keepers: [],
  ...changes,
});

test('what a killed supervisor left is found and ended', async () => {
  const folder = join(dir, 'left');
  mkdirSync(folder);
  const child = await startChild({
    name: 'api',
    path: '/bin/sleep',
    args: ['600'],
    output: join(folder, 'log'),
  });
  writeRunState(folder, stateWith([markOf('api', child.pid)]));
  expect(leftBehind(folder).map(({ pid }) => pid)).toEqual([child.pid]);
  expect(await reapStale(folder, () => undefined, markOf('api', child.pid))).toBe(0);
  expect(startTicks(child.pid)).not.toBeNull();
  const said: string[] = [];
  expect(await reapStale(folder, (line) => said.push(line))).toBe(1);
  expect(startTicks(child.pid)).toBeNull();
  expect(said[0]).toContain(`ending api (process ${child.pid})`);
});

test('a number that belongs to another process by now, or to another boot, is left alone', async () => {
  const folder = join(dir, 'recycled');
  mkdirSync(folder);
  const other = await startChild({
    name: 'other',
    path: '/bin/sleep',
    args: ['600'],
    output: join(folder, 'log'),
  });
  writeRunState(folder, stateWith([{ name: 'api', pid: other.pid, ticks: '1' }]));
  expect(await reapStale(folder, () => undefined)).toBe(0);
  writeRunState(folder, stateWith([markOf('api', other.pid)], { boot: 'before the power cut' }));
  expect(await reapStale(folder, () => undefined)).toBe(0);
  expect(other.ended()).toBe(false);
  await other.stop();
});

test('a state file that was cut off counts as none', () => {
  const folder = join(dir, 'cut');
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.json'), '{"boot": "x", "super');
  expect(readRunState(folder)).toBeNull();
});

test('secrets are made once, are the owner’s alone, and differ between instances', () => {
  const [one, two] = [instanceOf({ data: join(dir, 'one') }), instanceOf({ data: join(dir, 'two') })];
  for (const instance of [one, two]) openInstanceFolder(instance);
  const first = instanceSecrets(one.dir);
  expect(instanceSecrets(one.dir)).toEqual(first);
  expect(new Set([...Object.values(first), ...Object.values(instanceSecrets(two.dir))]).size).toBe(8);
  expect(statSync(join(one.dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(one.dir).mode & 0o777).toBe(0o700);
});

test('the port base of an instance is kept for stop and status, and a wrong one is refused', () => {
  const folder = join(dir, 'kept');
  openInstanceFolder(instanceOf({ data: folder, portBase: 23_000, sipBind: '127.0.0.1' }));
  expect(instanceOf({ data: folder })).toMatchObject({ portBase: 23_000, sipBind: '127.0.0.1' });
  expect(instanceOf({ data: folder }).ports).toMatchObject({ http: 23_345, sip: 23_060, rtpEnd: 31_999 });
  for (const portBase of [80, 60_000, 1.5, Number.NaN])
    expect(() => instanceOf({ portBase })).toThrow(/--port-base/);
  expect(() => instanceOf({ sipBind: 'localhost' })).toThrow(/--sip-bind/);
});

test('what is pointed at wins over what would be started here', () => {
  const instance = instanceOf({ data: join(dir, 'pointed') });
  const secrets = { postgres: 'p', redis: 'r', ari: 'a', ami: 'm' };
  const given = {
    REDIS_URL: 'redis://store:6379',
    ASTERISK_ARI_URL: 'http://switch:8088',
    ASTERISK_ARI_PASSWORD: 'theirs',
  };
  const environment = roleEnvironment(instance, secrets, given);
  expect(environment).toMatchObject({
    ...given,
    DATABASE_URL: 'postgres://yihaotong:p@127.0.0.1:12032/yihaotong',
  });
  // Ours would be a wrong guess for a switch that is not ours.
  expect(environment.ASTERISK_AMI_SECRET).toBeUndefined();
});

test('time may be compressed where the sample lies or will lie, and nowhere that could be a real centre', () => {
  const secrets = { postgres: 'p', redis: 'r', ari: 'a', ami: 'm' };
  const data = join(dir, 'compressed');
  const of = (env: Record<string, string> = {}) =>
    roleEnvironment(instanceOf({ data }), secrets, env).COMPRESSED_TIME;
  expect(of()).toBe('on');
  expect(of({ DATABASE_URL: 'postgres://centre@books/centre' })).toBe('off');
  expect(of({ COMPRESSED_TIME: 'off' })).toBe('off');
  mkdirSync(join(data, 'postgres'), { recursive: true });
  expect(of()).toBe('off');
  expect(of({ COMPRESSED_TIME: 'on' })).toBe('on');
  writeFileSync(join(data, 'accounts.json'), '[]');
  expect(of()).toBe('on');
});

test('further trunks have names and addresses of their own', () => {
  const given = { TRUNKS: 'water, mobile-2', TRUNK_WATER_MATCH: '198.51.100.7' };
  expect(
    trunkSettings({ ...given, TRUNK_MOBILE_2_MATCH: '192.0.2.0/28', TRUNK_MOBILE_2_MAX_CALLS: '30' }, 1)
      .furtherTrunks,
  ).toEqual([
    { code: 'water', match: ['198.51.100.7'], host: '198.51.100.7', port: 5060, maxCalls: 200 },
    { code: 'mobile-2', match: ['192.0.2.0/28'], host: '192.0.2.0', port: 5060, maxCalls: 30 },
  ]);
  for (const [wrong, told] of [
    [given, 'TRUNK_MOBILE_2_MATCH is missing'],
    [{ TRUNKS: 'carrier' }, 'the first trunk is called carrier'],
    [{ TRUNKS: '12345' }, 'TRUNKS holds "12345"'],
    [{ TRUNKS: 'water,water', TRUNK_WATER_MATCH: '198.51.100.7' }, 'TRUNKS holds "water" twice'],
    [{ TRUNKS: 'water', TRUNK_WATER_MATCH: '127.0.0.1' }, 'an address belongs to one trunk'],
  ] as const) {
    expect(() => trunkSettings(wrong, 1)).toThrow(told);
  }
});

test('trunk settings are checked before they reach a file of Asterisk', () => {
  const settings = trunkSettings({ TRUNK_MATCH: '203.0.113.7, 203.0.113.16/28', TRUNK_PORT: '5080' }, 12_061);
  expect(settings.trunk).toEqual({
    match: ['203.0.113.7', '203.0.113.16/28'],
    host: '203.0.113.7',
    port: 5080,
    maxCalls: 200,
  });
  // Without a word on it the private networks are on this side of the NAT; containers say otherwise.
  expect(settings.localNets).toContain('192.168.0.0/16');
  expect(trunkSettings({ LOCAL_NET: 'none' }, 1).localNets).toEqual([]);
  for (const wrong of [
    { TRUNK_MATCH: '0.0.0.0\ncontext=x' },
    { TRUNK_HOST: 'a;b' },
    { TRUNK_PORT: '70000' },
    { TRUNK_MAX_CALLS: '-1' },
    { TRUNK_MATCH: '203.0.113.0/33' },
    { EXTERNAL_ADDRESS: 'here' },
    { LOCAL_NET: '10.0.0.0/8;' },
  ]) {
    expect(() => trunkSettings(wrong, 12_061)).toThrow(Object.keys(wrong)[0]);
  }
});

test('behind NAT a browser is told the public address beside the own ones, and nothing where there is no NAT', () => {
  const address = (address: string, internal: boolean) => ({
    address,
    internal,
    family: 'IPv4' as const,
    netmask: '255.255.255.0',
    mac: '02:00:00:00:00:01',
    cidr: null,
  });
  const interfaces = {
    lo: [address('127.0.0.1', true)],
    eth0: [address('192.168.1.5', false), address('203.0.113.9', false)],
  };
  expect(iceHosts('203.0.113.9', interfaces)).toBe(
    '[ice_host_candidates]\n192.168.1.5 => 203.0.113.9,include_local_address\n',
  );
  expect(iceHosts('', interfaces)).toBe('[ice_host_candidates]\n');
});
