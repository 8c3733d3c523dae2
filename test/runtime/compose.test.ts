import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { ROLES } from '../../src/runtime/command-role.ts';

// docker-compose.yml as Docker reads it, anchors and merges carried out: what must hold of it, whoever edits it.

interface Service {
  readonly image?: string;
  readonly command?: readonly string[] | string;
  readonly network_mode?: string;
  readonly restart?: string;
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}
const text = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docker-compose.yml'), 'utf8');
const compose: { readonly services: Readonly<Record<string, Service>>; readonly volumes: object } = parse(
  text,
  {
    merge: true,
  },
);
const service = (name: string): Service =>
  compose.services[name] ?? expect.fail(`there is no service ${name}`);

test('every role runs, and two call controls do: one active, one that stands by', () => {
  const commands = Object.values(compose.services).flatMap(({ command }) =>
    typeof command === 'object' ? command : [],
  );
  expect(commands).toEqual(expect.arrayContaining([...ROLES]));
  expect(commands.filter((command) => command === 'call-control')).toHaveLength(2);
  // The same in everything: network, folder, environment, health check. Nothing of its own that could part them.
  expect(service('call-control-standby')).toEqual(service('call-control'));
  expect(service('call-control')).toMatchObject({
    image: service('api').image,
    restart: 'unless-stopped',
    environment: service('api').environment,
  });
});

test('they share the folder in which they meet, the network of Asterisk, and wait for neither', () => {
  const { volumes, network_mode, depends_on, healthcheck } = service('call-control');
  expect(volumes).toContain('data:/data');
  expect(compose.volumes).toHaveProperty('data');
  expect(network_mode).toBe('service:edge');
  expect(service('asterisk').network_mode).toBe('service:edge');
  // PostgreSQL may be away when they start, and each may start without the other: calls come before books.
  expect(Object.keys(depends_on ?? {}).sort()).toEqual(['asterisk', 'redis']);
  expect(healthcheck?.test.join(' ')).toContain('healthcheck call-control');
});

test('whatever a service waits for or mounts is there', () => {
  for (const [name, { depends_on = {}, volumes = [] }] of Object.entries(compose.services)) {
    for (const other of Object.keys(depends_on)) expect(compose.services, name).toHaveProperty(other);
    for (const volume of volumes) expect(compose.volumes, name).toHaveProperty(volume.split(':')[0] ?? '');
  }
});

test('what the containers are given is what the product reads', () => {
  const given = Object.fromEntries(
    Object.entries(service('call-control').environment ?? {}).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{[A-Z_]+(?::-([^}]*)|:\?[^}]*)\}/g, (_, fallback) => fallback ?? 'secret'),
    ]),
  );
  expect(Object.keys(given)).toEqual(
    expect.arrayContaining(['OUTSIDE_TRUNK', 'EMERGENCY_DESKS', 'DATA_DIR']),
  );
  expect(readConfig(given)).toMatchObject({
    dataDir: '/data',
    firstOutbound: { trunk: null, emergencyDesks: null },
  });
});
