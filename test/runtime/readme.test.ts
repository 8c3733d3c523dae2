import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeApi } from '../../src/adapters/http/describe.ts';
import { openLog } from '../../src/adapters/log/log.ts';
import { COMMANDS } from '../../src/runtime/rules/table.ts';

// A new user types what README says: each command, address, file and variable in it is there.

const PROJECT = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');
/** What is set as code, within a line and as a block. */
const CODE = [...README.matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
  ([, block, span]) => block ?? span ?? '',
);
const found = (pattern: RegExp): readonly string[] => [
  ...new Set(CODE.flatMap((code) => [...code.matchAll(pattern)].map(([, word]) => word ?? ''))),
];

let paths: readonly string[];
/** Whatever stands in braces may be any word. */
const served = (wanted: string, path: string): boolean => {
  const [asked, known] = [wanted.split('/'), path.split('/')];
  return asked.every((part, at) => {
    const there = known[at];
    return (
      part === there ||
      part === '…' ||
      (there !== undefined && (part.startsWith('{') || there.startsWith('{')))
    );
  });
};
beforeAll(async () => {
  const api = (await describeApi(openLog({ role: 'api', level: 'silent' }))) as { paths: object };
  paths = Object.keys(api.paths);
}, 120_000);

test('each script that it names is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const named = [...found(/npm run ([a-z]+)/g), ...found(/npm (start|stop|test)\b/g)];
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('each rules command that it names is one, however it is written', () => {
  const named = found(/(?:^|npm run )rules (?:-- )?([a-z]+(?:-[a-z]+)*)/g);
  const known = new Set([...COMMANDS.map(({ name }) => name), 'help', 'rules']);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('each address of the API that it names is served', () => {
  const named = found(/(\/v1\/[^\s`'"?,）]*)/g).filter((path) => path !== '/v1/…');
  expect(named.length).toBeGreaterThan(30);
  const unknown = named.filter((path) => !paths.some((one) => served(path.replace(/\/$/, ''), one)));
  expect(unknown).toEqual([]);
});

test('each file that it names is in the repository, and its pictures are small', () => {
  const links = [...README.matchAll(/\]\(([^)#]+)\)|src="([^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');
  const named = [
    ...found(/((?:src|test|asterisk-config|migrations)\/[\w./-]*)/g).map((path) => path.replace(/\.$/, '')),
    ...links.filter((link) => !/^https?:/.test(link)),
  ];
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  const pictures = links.filter((link) => link.endsWith('.png'));
  expect(pictures).toHaveLength(4);
  expect(pictures.filter((path) => statSync(join(PROJECT, path)).size > 200_000)).toEqual([]);
});

test('each variable of the environment that it tells of is read somewhere', () => {
  const told = [...README.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/[A-Z][A-Z_]+/g)].map(([name]) => name),
  );
  expect(told.length).toBeGreaterThan(20);
  const read = (name: string): boolean => {
    try {
      execFileSync('grep', ['-rqw', '--include=*.ts', '--include=*.mjs', name, 'src'], { cwd: PROJECT });
      return true;
    } catch {
      return false;
    }
  };
  expect(told.filter((name) => !read(name))).toEqual([]);
});
