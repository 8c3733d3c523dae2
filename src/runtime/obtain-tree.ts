import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { downloadPackages } from './apt-root.ts';
import { hostAptSource } from './apt-source.ts';
import { waitLock } from './lock.ts';
import { type Recipe, recipeKey } from './obtain-recipe.ts';
import { run } from './run-program.ts';
import { Setback, writingSetback } from './setback.ts';

type Say = (line: string) => void;

/** A folder with the unpacked programs, made ready to run from where it lies. */
export interface Tree {
  readonly root: string;
  readonly triplet: string;
}

/**
 * The tree in the cache; made when it is not there. Two at once: the second waits and finds it made. Broken off:
 * the downloads stay in the work folder, the tree counts only once its marker is written.
 */
export async function obtainTree(cache: string, recipe: Recipe, say: Say): Promise<Tree> {
  const made = await findTree(cache, recipe);
  if (made !== null) return made;
  const source = await hostAptSource();
  const folder = join(cache, recipeKey(recipe, source.architecture));
  const work = `${folder}.work`;
  const lock = await waitLock(`${folder}.lock`, `process ${process.pid}`, (holder) =>
    say(`another start (${holder}) is fetching the programs already: waiting for it`),
  );
  try {
    const meanwhile = await findTree(cache, recipe);
    if (meanwhile !== null) return meanwhile;
    await requireRoom(cache, recipe);
    mkdirSync(work, { recursive: true });
    const debs = await downloadPackages(join(work, 'apt'), source, recipe, say);
    const fresh = join(work, 'tree');
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh);
    await unpack(debs, fresh, say);
    if (recipe.executables.length > 0) {
      straighten(fresh);
      say('fitting the programs to this machine');
      await patch(fresh, folder, source.triplet, recipe);
    }
    writeFileSync(
      join(fresh, 'tree.json'),
      JSON.stringify({ triplet: source.triplet, packages: debs.length }),
    );
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    rmSync(work, { recursive: true, force: true });
    return { root: folder, triplet: source.triplet };
  } catch (error) {
    throw writingSetback(error, cache);
  } finally {
    lock.release();
  }
}

/** A finished tree, without asking apt anything: a later start must not wait for that. */
async function findTree(cache: string, recipe: Recipe): Promise<Tree | null> {
  const architecture = DEBIAN_ARCHITECTURES[process.arch];
  if (architecture === undefined) return null;
  const root = join(cache, recipeKey(recipe, architecture));
  const marker = await readFile(join(root, 'tree.json'), 'utf8').catch(() => null);
  if (marker === null) return null;
  return { root, triplet: (JSON.parse(marker) as { triplet: string }).triplet };
}

const DEBIAN_ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  riscv64: 'riscv64',
  ppc64: 'ppc64el',
  s390x: 's390x',
};

async function requireRoom(cache: string, { roomNeeded }: Recipe): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const { bavail, bsize } = await statfs(cache);
  const free = bavail * bsize;
  if (free >= roomNeeded) return;
  const mega = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  throw new Setback(
    'obtain.noRoom',
    `${cache} has ${mega(free)} free; fetching the programs needs ${mega(roomNeeded)} for a while.`,
    'Make room, or name a folder on another disk in YIHAOTONG_CACHE.',
  );
}

async function unpack(debs: readonly string[], tree: string, say: Say): Promise<void> {
  const queue = [...debs];
  let done = 0;
  let lastTold = Date.now();
  const worker = async (): Promise<void> => {
    for (let deb = queue.shift(); deb !== undefined; deb = queue.shift()) {
      const result = await run('dpkg-deb', ['-x', deb, tree]);
      if (result.code !== 0) {
        // apt would take the broken file for good at the next try.
        if (result.code !== null && !/No space left/i.test(result.err)) rmSync(deb, { force: true });
        throw new Setback(
          'obtain.unpack',
          `A package could not be unpacked: ${result.err.trim()}`,
          'Start again; if the disk is full, make room first.',
        );
      }
      done += 1;
      if (Date.now() - lastTold < 3000) continue;
      lastTold = Date.now();
      say(`unpacked ${done} of ${debs.length} packages`);
    }
  };
  say(`unpacking ${debs.length} packages`);
  await Promise.all([worker(), worker()]);
}

/** What Debian's install scripts would do and we need: absolute links made relative to the tree, sound language. */
function straighten(tree: string): void {
  for (const name of readdirSync(join(tree, 'usr/bin'))) {
    const path = join(tree, 'usr/bin', name);
    if (!lstatSync(path).isSymbolicLink()) continue;
    const target = readlinkSync(path);
    if (!target.startsWith('/') || !existsSync(join(tree, target))) continue;
    rmSync(path);
    symlinkSync(join('../..', target), path);
  }
  const sounds = join(tree, 'usr/share/asterisk/sounds');
  if (existsSync(sounds) && !existsSync(join(sounds, 'en')))
    symlinkSync('en_US_f_Allison', join(sounds, 'en'));
}

async function patch(tree: string, home: string, triplet: string, recipe: Recipe): Promise<void> {
  const loader = loaderOf(tree, triplet);
  const folders = (root: string) =>
    [`${root}/usr/lib/${triplet}`, `${root}/usr/lib`, `${root}/usr/lib/${triplet}/pulseaudio`].join(':');
  const postgres = `usr/lib/postgresql/${recipe.postgresMajor}/bin`;
  const servers =
    recipe.postgresMajor === undefined
      ? []
      : readdirSync(join(tree, postgres)).map((name) => `${postgres}/${name}`);
  const wanted = [...recipe.executables, ...servers];
  const files = new Set(wanted.map((name) => realpathSync(join(tree, name))));
  const patchelf = async (file: string, args: readonly string[]): Promise<void> => {
    const tool = ['--library-path', folders(tree), join(tree, 'usr/bin/patchelf')];
    const result = await run(resolve(tree, loader), [...tool, ...args, file]);
    if (result.code === 0) return;
    throw new Setback(
      'obtain.patch',
      `${file} could not be fitted to this machine: ${result.err.trim()}`,
      'Please report this; meanwhile: docker compose up',
    );
  };
  for (const file of files) {
    if (!(await isElf(file))) continue;
    await patchelf(file, [
      '--set-interpreter',
      join(home, loader),
      '--force-rpath',
      '--set-rpath',
      folders(home),
    ]);
  }
  // PulseAudio's libraries name an absolute folder of their own, which wins over the program's.
  const libraries = join(tree, 'usr/lib', triplet);
  const own = readdirSync(libraries).filter((name) => /^libpulse.*\.so\.\d+$/.test(name));
  for (const file of new Set(own.map((name) => realpathSync(join(libraries, name))))) {
    await patchelf(file, ['--set-rpath', '$ORIGIN:$ORIGIN/pulseaudio']);
  }
}

function loaderOf(tree: string, triplet: string): string {
  for (const folder of [`usr/lib/${triplet}`, 'usr/lib64', 'usr/lib']) {
    const path = join(tree, folder);
    const name = existsSync(path)
      ? readdirSync(path).find((one) => /^ld(-linux[^/]*|64)\.so\.\d+$/.test(one))
      : undefined;
    if (name !== undefined) return join(folder, name);
  }
  throw new Setback(
    'obtain.noLoader',
    'The fetched programs lack their loader (libc6).',
    'Please report this; meanwhile: docker compose up',
  );
}

async function isElf(path: string): Promise<boolean> {
  return (await readFile(path)).subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
}
