import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

// The house's walls: who may import whom, and what the domain may not touch. A failure says which line and why.

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

interface SourceFile {
  readonly path: string;
  readonly text: string;
}
const sources: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  // Written out of the API's description, and not kept.
  .filter((name) => name !== 'console/api/contract.ts')
  .filter((name) => name.endsWith('.ts') || name.endsWith('.mjs') || name.endsWith('.vue'))
  .map((name) => ({ path: name, text: readFileSync(join(SRC, name), 'utf8') }));

function importsOf(file: SourceFile): string[] {
  const specifiers = [...file.text.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm)];
  return specifiers.flatMap(([, specifier]) =>
    specifier === undefined
      ? []
      : [specifier.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file.path), specifier)) : specifier],
  );
}

/** Which domain folders may use which others; a folder always may use itself. */
const DOMAIN_USES: Readonly<Record<string, readonly string[]>> = {
  ivr: ['moves', 'skills'],
  hotlines: ['ivr', 'announcements', 'restrictions', 'rating', 'skills'],
  routing: ['hotlines', 'agents', 'skills'],
  calls: ['ivr', 'hotlines', 'routing', 'agents', 'rating', 'skills', 'callbacks', 'duty'],
  announcements: ['ivr'],
  callbacks: ['deadlines', 'hotlines', 'ivr', 'rating', 'skills'],
  duty: ['callbacks'],
  codes: ['hotlines', 'moves', 'tickets'],
  circulars: ['deadlines', 'moves', 'privacy', 'tickets'],
  deadlines: ['moves'],
  dispatch: ['hotlines', 'reporting'],
  meetings: ['moves', 'tickets'],
  restrictions: ['moves'],
  documents: ['privacy', 'tickets'],
  tickets: ['deadlines', 'privacy'],
  incidents: ['privacy', 'tickets'],
  intake: ['tickets'],
  threads: ['incidents'],
  knowledge: ['deadlines', 'hotlines', 'moves', 'privacy', 'tickets'],
  messages: ['deadlines', 'hotlines', 'tickets'],
  reporting: ['deadlines', 'hotlines', 'privacy', 'rating'],
};

function refusal(from: string, to: string): string | null {
  const inside = to.startsWith('..') ? 'outside' : (to.split('/')[0] ?? '');
  const [room, sub] = from.split('/');
  const isPackage = !sources.some((one) => one.path === to);
  if (room === 'domain') {
    if (isPackage) return `the domain is pure: "${to}" is a package or Node's own module`;
    if (inside !== 'domain') return `the domain imports only the domain, not ${inside}/`;
    const other = to.split('/')[1] ?? '';
    if (other !== sub && !(DOMAIN_USES[sub ?? ''] ?? []).includes(other)) {
      return `domain/${sub} may not use domain/${other}; see DOMAIN_USES for what may`;
    }
    return null;
  }
  if (inside === 'console' && room !== 'console')
    return 'the console is pages for a browser: nothing of the server is built on it';
  if (room === 'console') {
    // Talks only HTTP and WebSocket; its types come from the contract, which is written from the API's description.
    if (isPackage) return to.startsWith('node:') ? 'a browser has no modules of Node' : null;
    return inside === 'console' ? null : `the console may not import ${inside}/: ask the API`;
  }
  if (isPackage)
    return room === 'app' ? `app names ports, not packages: "${to}" belongs in an adapter` : null;
  if (room === 'app') return inside === 'domain' || inside === 'app' ? null : `app may not import ${inside}/`;
  if (room === 'adapters') {
    if (inside === 'adapters' && to.split('/')[1] !== sub)
      return 'one adapter never imports another; wire them in roles/';
    return ['adapters', 'app', 'domain'].includes(inside) ? null : `adapters may not import ${inside}/`;
  }
  return null;
}

test('imports point inward: adapters -> app -> domain', () => {
  const broken = sources.flatMap((file) =>
    importsOf(file).flatMap((to) => {
      const why = refusal(file.path, to);
      return why === null ? [] : [`src/${file.path} imports ${to}: ${why}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('each outside library has one home', () => {
  const homes: Readonly<Record<string, string>> = {
    'ari-client': 'adapters/ari/',
    'asterisk-manager': 'adapters/ami/',
    pg: 'adapters/pg/',
    ioredis: 'adapters/redis/',
    bullmq: 'adapters/jobs/',
    fastify: 'adapters/http/',
  };
  const strays = sources.flatMap((file) =>
    importsOf(file).flatMap((to) => {
      const home = homes[to];
      return home === undefined || file.path.startsWith(home)
        ? []
        : [`src/${file.path} imports ${to}, whose home is ${home}`];
    }),
  );
  expect(strays).toEqual([]);
});

test('the domain has no clock, no chance, no process, no timer', () => {
  const forbidden: readonly [RegExp, string][] = [
    [/\bDate\.now\b/, 'Date.now: pass `now` in'],
    [/\bnew Date\(\s*\)/, 'new Date() without argument: pass `now` in'],
    [/\bMath\.random\b/, 'Math.random: pass the choice in'],
    [/\bprocess\./, 'process.: pass configuration in'],
    [/\bset(Timeout|Interval|Immediate)\b/, 'a timer: return a command that asks for one'],
    [/['"]node:/, "Node's modules: the domain runs anywhere"],
    [/\bcrypto\.randomUUID\b/, 'randomUUID: ids are arguments'],
  ];
  const found = sources
    .filter((file) => file.path.startsWith('domain/'))
    .flatMap((file) =>
      forbidden.flatMap(([pattern, why]) =>
        pattern.test(file.text) ? [`src/${file.path} uses ${why}`] : [],
      ),
    );
  expect(found).toEqual([]);
});

test('domain folders form no cycle', () => {
  const seen = new Set<string>();
  const visit = (folder: string, trail: readonly string[]): void => {
    if (trail.includes(folder)) throw new Error(`a cycle in the domain: ${[...trail, folder].join(' -> ')}`);
    if (seen.has(folder)) return;
    for (const next of DOMAIN_USES[folder] ?? []) visit(next, [...trail, folder]);
    seen.add(folder);
  };
  for (const folder of Object.keys(DOMAIN_USES)) visit(folder, []);
  expect(seen.size).toBeGreaterThan(0);
});

test('files form no cycle, not even of types: of two that need each other one concept is in the wrong place', () => {
  const imports = new Map(
    sources.map((file) => [
      file.path,
      importsOf(file).filter((to) => sources.some(({ path }) => path === to)),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  expect(cycles).toEqual([]);
});

test('no file is longer than 400 lines, data tables aside', () => {
  const long = sources
    .filter((file) => !file.text.startsWith('// data table'))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
    .filter(({ lines }) => lines > 400);
  expect(long).toEqual([]);
});

test('rooms have names of what they hold', () => {
  const vague = /(^|\/)(utils?|helpers?|lib|common|misc|[a-z-]*manager)(\.ts|\/)/;
  expect(sources.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
});

test('migrations are numbered one by one', () => {
  const names = readdirSync(join(ROOT, 'migrations')).sort();
  const numbers = names.map((name) => Number(/^(\d{4})_[a-z-]+\.sql$/.exec(name)?.[1]));
  expect(numbers).toEqual(names.map((_, at) => at + 1));
});
