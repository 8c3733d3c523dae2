import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ROLES } from '../../src/runtime/command-role.ts';

// docker-compose.yml as text: what must hold of it, whoever edits it.

const text = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docker-compose.yml'), 'utf8');
const services = new Map(
  [
    ...((text.split(/^services:$/m)[1] ?? '')
      .split(/^volumes:$/m)[0]
      ?.matchAll(/^ {2}([a-z-]+):(.*(?:\n(?: {3,}.*)?)*)/gm) ?? []),
  ].map(([, name = '', body = '']) => [name, body]),
);
const bodyOf = (name: string): string => services.get(name) ?? expect.fail(`there is no service ${name}`);

test('every role runs, and two call controls do: one active, one that stands by', () => {
  const commands = [...services.values()].flatMap((body) => /command: \["([a-z-]+)"\]/.exec(body)?.[1] ?? []);
  expect(commands).toEqual(expect.arrayContaining([...ROLES]));
  expect(bodyOf('call-control')).toMatch(/^ &call-control\n/);
  // The same in everything: network, folder, health check. Nothing of its own that could part them.
  expect(bodyOf('call-control-standby').trim()).toBe('<<: *call-control');
  expect(bodyOf('call-control')).toContain('<<: *application');
});

test('they share the folder in which they meet, the network of Asterisk, and wait for neither', () => {
  const body = bodyOf('call-control');
  expect(body).toMatch(/volumes: \["data:\/data"/);
  expect(body).toContain('network_mode: service:edge');
  expect(body).not.toContain('call-control-standby');
  // PostgreSQL may be away when they start: calls come before books.
  expect(body).not.toContain('postgres');
});

test('what the containers are given is what the product reads', () => {
  const [, block = ''] = /environment: &environment\n((?: {4}.*\n)+)/.exec(text) ?? [];
  const given = Object.fromEntries(
    [...block.matchAll(/^ {4}([A-Z_]+): (.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value
        .replaceAll(/\$\{[A-Z_]+(?::-([^}]*)|:\?[^}]*)\}/g, (_, fallback) => fallback ?? 'secret')
        .replaceAll('"', ''),
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
