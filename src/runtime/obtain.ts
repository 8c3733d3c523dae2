import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { NEEDS, type Need, POSTGRES_MAJOR, recipeOf, VERSION_RULES } from './obtain-recipe.ts';
import { obtainTree, type Tree } from './obtain-tree.ts';
import { type Program, run, versionIn, which } from './run-program.ts';
import { Setback } from './setback.ts';

export interface AsteriskProgram extends Program {
  readonly modulesDir: string;
  /** Sounds, music on hold, ARI's own description. */
  readonly dataDir: string;
}
export interface PostgresPrograms {
  /** Folder with initdb and postgres. */
  readonly bin: string;
  readonly major: number;
}

export interface Tools {
  readonly asterisk: AsteriskProgram;
  readonly postgres: PostgresPrograms;
  readonly redis: Program;
  readonly sipp: Program;
  readonly espeak: Program;
  readonly sox: Program;
  readonly chromium: Program;
}
type Found = { -readonly [K in Need]?: Tools[K] };
export interface Obtained<N extends Need> {
  readonly tools: Pick<Tools, N>;
  /** One line a program: version and where it comes from. */
  readonly origins: readonly string[];
}

/** Finds each needed program on this machine, or fetches the ones that are missing or do not fit. */
export async function obtain<N extends Need>(
  needs: readonly N[],
  project: string,
  say: (line: string) => void,
): Promise<Obtained<N>> {
  const wanted = NEEDS.filter((need) => (needs as readonly Need[]).includes(need));
  const found: Found = {};
  const origins: string[] = [];
  const take = async (need: Need, candidate: Tools[Need] | null, where: string): Promise<boolean> => {
    const version = candidate === null ? null : await versionOf(need, candidate);
    const rule = VERSION_RULES[need];
    if (candidate === null || version === null || !rule.fits(version)) return false;
    Object.assign(found, { [need]: candidate });
    origins.push(`${rule.label} ${version.join('.')} (${where})`);
    return true;
  };
  const missing: Need[] = [];
  const looked = await Promise.all(
    wanted.map(async (need) => ({ need, there: await take(need, hostProgram(need), 'of this machine') })),
  );
  for (const { need, there } of looked) if (!there) missing.push(need);
  // Side by side: one downloads while the other unpacks.
  const fetched = await Promise.allSettled(
    [...new Set(missing.map(recipeOf))].map(async (recipe) => {
      const tree = await obtainTree(cacheFolder(project, say), recipe, say);
      const here = missing.filter((need) => recipeOf(need) === recipe);
      await Promise.all(
        here.map(async (need) => {
          if (!(await take(need, treeProgram(need, tree), tree.root))) throw unfit(need, tree);
        }),
      );
    }),
  );
  for (const one of fetched) if (one.status === 'rejected') throw one.reason;
  return { tools: found as Pick<Tools, N>, origins };
}

function unfit(need: Need, tree: Tree): Setback {
  const { label, range } = VERSION_RULES[need];
  return new Setback(
    'obtain.unfit',
    `The ${label} in ${tree.root} does not run, or is not ${range}.`,
    'Remove that folder and start again; or use the containers: docker compose up',
  );
}

async function versionOf(need: Need, candidate: Tools[Need]): Promise<readonly number[] | null> {
  const path = 'bin' in candidate ? join(candidate.bin, 'postgres') : candidate.path;
  const env = 'env' in candidate ? candidate.env : {};
  const args = {
    asterisk: ['-V'],
    postgres: ['--version'],
    redis: ['--version'],
    sipp: ['-v'],
    espeak: ['--version'],
    sox: ['--version'],
    chromium: ['--version'],
  }[need];
  const { out, err } = await run(path, args, { env, timeoutMs: 10_000 });
  // "SIPp v3.8.0", "Redis server v=8.0.6", "postgres (PostgreSQL) 15.18 (Debian …)", "sox_ng:  SoX_ng v14.7.0"
  return versionIn(
    /(?:Asterisk|PostgreSQL\)|v=|SIPp v|text-to-speech:|[Ss]o[Xx]\S*|Chromium|Google Chrome) ?\s*v?([\d.]+)/.exec(
      `${out}\n${err}`,
    )?.[1] ?? '',
  );
}

function hostProgram(need: Need): Tools[Need] | null {
  const plain = (name: string, extra: readonly string[] = []): Program | null => {
    const path = which(name, extra);
    return path === null ? null : { path, env: {} };
  };
  switch (need) {
    case 'asterisk':
      return hostAsterisk();
    case 'postgres':
      return hostPostgres();
    case 'redis':
      return plain('redis-server');
    case 'sipp':
      return plain('sipp');
    case 'espeak':
      return plain('espeak-ng');
    case 'sox':
      return plain('sox');
    case 'chromium':
      return plain('chromium-headless-shell') ?? plain('chromium') ?? plain('google-chrome');
  }
}

function hostAsterisk(): AsteriskProgram | null {
  const path = which('asterisk', ['/usr/sbin', '/usr/local/sbin']);
  if (path === null) return null;
  const lib = join(dirname(dirname(path)), 'lib');
  const modulesDir = [lib, ...multiarchFolders(lib)]
    .map((folder) => join(folder, 'asterisk/modules'))
    .find((one) => existsSync(join(one, 'res_pjsip.so')));
  const dataDir = ['/usr/share/asterisk', '/var/lib/asterisk'].find((one) =>
    existsSync(join(one, 'rest-api')),
  );
  return modulesDir === undefined || dataDir === undefined ? null : { path, env: {}, modulesDir, dataDir };
}

function hostPostgres(): PostgresPrograms | null {
  const root = '/usr/lib/postgresql';
  const majors = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .filter(Number.isInteger)
        .sort((a, b) => b - a)
    : [];
  const bins = majors.map((major) => ({ bin: join(root, String(major), 'bin'), major }));
  const packaged = bins.find(
    ({ bin }) => existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')),
  );
  if (packaged !== undefined) return packaged;
  const path = which('postgres', ['/usr/local/pgsql/bin']);
  if (path === null || !existsSync(join(dirname(path), 'initdb'))) return null;
  return { bin: dirname(path), major: 0 };
}

function multiarchFolders(lib: string): readonly string[] {
  return existsSync(lib)
    ? readdirSync(lib)
        .filter((name) => name.includes('-linux-'))
        .map((name) => join(lib, name))
    : [];
}

function treeProgram(need: Need, { root, triplet }: Tree): Tools[Need] {
  const libraries = join(root, 'usr/lib', triplet);
  const at = (name: string, env: Readonly<Record<string, string>> = {}): Program => ({
    path: join(root, name),
    env,
  });
  switch (need) {
    case 'asterisk':
      return {
        // OpenSSL looks for its legacy provider at a path fixed when it was built.
        ...at('usr/sbin/asterisk', { OPENSSL_MODULES: join(libraries, 'ossl-modules') }),
        modulesDir: join(libraries, 'asterisk/modules'),
        dataDir: join(root, 'usr/share/asterisk'),
      };
    case 'postgres':
      return {
        bin: join(root, `usr/lib/postgresql/${POSTGRES_MAJOR}/bin`),
        major: POSTGRES_MAJOR,
      };
    case 'redis':
      return at('usr/bin/redis-server');
    case 'sipp':
      return at('usr/bin/sipp');
    case 'espeak':
      return at('usr/bin/espeak-ng', { ESPEAK_DATA_PATH: libraries });
    case 'sox':
      return at('usr/bin/sox');
    case 'chromium':
      return at('usr/lib/chromium/chromium-headless-shell');
  }
}
