import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AptSource } from './apt-source.ts';
import { type Recipe, VERSION_RULES } from './obtain-recipe.ts';
import { type Finished, run, versionIn } from './run-program.ts';
import { Setback } from './setback.ts';

type Say = (line: string) => void;
const COMPOSE = 'Or use the containers instead: docker compose up';

/**
 * Downloads the packages with everything they need, through an apt of our own that believes nothing to be
 * installed. No root, and the host's package lists stay untouched. A broken-off download is resumed by apt.
 */
export async function downloadPackages(
  folder: string,
  source: AptSource,
  recipe: Recipe,
  say: Say,
): Promise<readonly string[]> {
  const rule = VERSION_RULES[recipe.decidedBy.need];
  for (const suite of recipe.suites) {
    const config = writeRoot(folder, source, suite, false);
    say(`reading the package lists of Debian ${suite} from ${source.mirror}`);
    const env = await update(folder, source, suite, config, say);
    const candidate = await candidateOf(recipe.decidedBy.package, env);
    if (candidate === null || !rule.fits(candidate)) {
      say(`Debian ${suite} has ${rule.label} ${candidate?.join('.') ?? 'not at all'}: looking further`);
      continue;
    }
    return await fetchAll(folder, recipe, env, say);
  }
  throw new Setback(
    'obtain.noneFits',
    `None of Debian's suites ${recipe.suites.join(', ')} at ${source.mirror} has ${rule.label} ${rule.range}.`,
    `Install a fitting ${rule.label} yourself${recipe.decidedBy.need === 'asterisk' ? ', or point to one with ASTERISK_ARI_URL' : ''}. ${COMPOSE}`,
  );
}

async function update(folder: string, source: AptSource, suite: string, config: string, say: Say) {
  const env = { APT_CONFIG: config };
  const args = ['-q', 'update'];
  let result = await run('apt-get', args, { env });
  if (/not valid yet|future/i.test(result.err)) {
    say("the machine's clock is behind the mirror's: its date is not checked, its signature is");
    writeRoot(folder, source, suite, true);
    result = await run('apt-get', args, { env });
  }
  // apt-get update ends with 0 even when an address did not answer; its warnings tell.
  if (result.code !== 0 || /^(E|Err|W: Failed)/m.test(`${result.err}\n${result.out}`))
    throw aptSetback(result, source);
  return env;
}

async function candidateOf(name: string, env: Readonly<Record<string, string>>) {
  const { out } = await run('apt-cache', ['policy', name], { env });
  const text = /Candidate:\s*(?:\d+:)?(\S+)/.exec(out)?.[1];
  return text === undefined || text === '(none)' ? null : versionIn(text);
}

async function fetchAll(
  folder: string,
  { packages }: Recipe,
  env: Readonly<Record<string, string>>,
  say: Say,
) {
  let count = 0;
  let lastTold = Date.now();
  const result = await run('apt-get', ['-q', '-y', '--download-only', 'install', ...packages], {
    env,
    onLine: (line) => {
      if (/^Need to get/.test(line)) say(line.replace(/^Need to get (.*)\.$/, 'downloading $1'));
      if (!/^Get:/.test(line)) return;
      count += 1;
      if (Date.now() - lastTold < 3000) return;
      lastTold = Date.now();
      say(`downloaded ${count} packages`);
    },
  });
  if (result.code !== 0) throw aptSetback(result, null);
  const archives = join(folder, 'cache/archives');
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

function writeRoot(folder: string, source: AptSource, suite: string, ignoreDate: boolean): string {
  for (const sub of [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'lib/lists/partial',
    'lib/dpkg',
    'cache/archives/partial',
  ]) {
    mkdirSync(join(folder, sub), { recursive: true });
  }
  writeFileSync(join(folder, 'lib/dpkg/status'), '');
  writeFileSync(
    join(folder, 'etc/apt/sources.list'),
    `deb [signed-by=${source.keyring} arch=${source.architecture}] ${source.mirror} ${suite} main\n`,
  );
  const config = join(folder, 'apt.conf');
  const lines = [
    `Dir "${folder}";`,
    `Dir::State "${folder}/lib";`,
    `Dir::State::status "${folder}/lib/dpkg/status";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Etc "${folder}/etc/apt";`,
    `APT::Architecture "${source.architecture}";`,
    'APT::Install-Recommends "false";',
    'APT::Sandbox::User "";',
    'Acquire::Languages "none";',
    'Acquire::Retries "3";',
    // A suite in the making may be past its date on a slow mirror; the signature is what we rely on.
    'Acquire::Check-Valid-Until "false";',
    ...(ignoreDate ? ['Acquire::Check-Date "false";'] : []),
    'Debug::NoLocking "true";',
    ...source.acquire,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  return config;
}

const REASONS: readonly (readonly [RegExp, string, string])[] = [
  [
    /No space left|not have enough free space/i,
    'the disk is full',
    'Make room and start again; what was fetched is kept.',
  ],
  [
    /Temporary failure resolving|Could not resolve|Name or service not known/i,
    'its name could not be resolved: there seems to be no network, or no name server',
    'Check the network and start again; what was fetched is kept.',
  ],
  [
    /Could not connect|Connection (refused|timed out)|Network is unreachable|Unable to connect|timed out/i,
    'it does not answer',
    'Check the network, or a proxy in the apt configuration, and start again; what was fetched is kept.',
  ],
  [
    /\b[45]\d\d\s+[A-Z]|does not have a Release file|Hash Sum mismatch|File has unexpected size|mirror sync/i,
    'the mirror is incomplete or in the middle of an update',
    'Try again in some minutes, or name another mirror in YIHAOTONG_APT_MIRROR (such as http://mirror.example/debian).',
  ],
  [
    /NO_PUBKEY|not signed|signatures? (couldn't|were) (be verified|invalid)|EXPKEYSIG|BADSIG/i,
    'its signature does not match the keys of this machine',
    'Bring the keys up to date (apt install --only-upgrade debian-archive-keyring), or name another mirror in YIHAOTONG_APT_MIRROR.',
  ],
];

export function aptSetback(result: Finished, source: { readonly mirror: string } | null): Setback {
  const told = `${result.err}\n${result.out}`;
  const [, why, remedy] = REASONS.find(([pattern]) => pattern.test(told)) ?? [
    null,
    'apt said no',
    'Start again, or see what apt says below.',
  ];
  const detail = told
    .split('\n')
    .filter((line) => /^(E|W|Err)[: ]/.test(line))
    .slice(0, 4)
    .map((line) => `  apt: ${line}`)
    .join('\n');
  const from = source === null ? 'the Debian mirror' : source.mirror;
  return new Setback(
    'obtain.download',
    `Fetching from ${from} failed: ${why}.`,
    `${remedy} ${COMPOSE}\n${detail}`.trim(),
  );
}
