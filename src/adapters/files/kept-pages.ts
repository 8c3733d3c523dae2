import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeAtomically } from './atomic-write.ts';

/**
 * The files of earlier builds of the console. A page that was opened yesterday asks today for a part that it had not
 * needed yet, by a name that the new build does not have: for some days it still gets it.
 */
const KEPT_MS = 7 * 86_400_000;
const BUILDS_AT_MOST = 20;
/** Not served: its name is none that a build gives. */
const LIST = '.builds.json';

export interface Build {
  /** When it was first served. What came after it began then, too. */
  readonly firstAtMs: number;
  readonly files: readonly string[];
}

/** Which builds are kept now that this one is served, the newest last. A build is over when the next one begins. */
export function keptBuilds(
  known: readonly Build[],
  files: readonly string[],
  nowMs: number,
): readonly Build[] {
  const wanted = new Set(files);
  // The same again (a way back to it, too) is the newest one, from now on.
  const others = known.filter((build) => build.files.some((file) => !wanted.has(file)));
  const same = known.at(-1);
  const isSame = same !== undefined && !others.includes(same);
  const current = { firstAtMs: isSame ? same.firstAtMs : nowMs, files };
  const overAtMs = (nth: number): number => others[nth + 1]?.firstAtMs ?? current.firstAtMs;
  const young = others.filter((_, nth) => overAtMs(nth) > nowMs - KEPT_MS);
  return [...young, current].slice(-BUILDS_AT_MOST);
}

/** Takes over the build that lies in `assetsDir`, and lets go what is over for long. Another process may do the same. */
export async function keepPages(assetsDir: string, keptDir: string, nowMs: number): Promise<void> {
  await mkdir(keptDir, { recursive: true });
  const files = (await readdir(assetsDir)).sort();
  const builds = keptBuilds(await readBuilds(keptDir), files, nowMs);
  const there = new Set(await readdir(keptDir));
  for (const file of files.filter((name) => !there.has(name))) {
    // Under its name only when it is whole: it may be asked for at this moment.
    const half = join(keptDir, `.${process.pid}-${file}`);
    await copyFile(join(assetsDir, file), half);
    await rename(half, join(keptDir, file));
  }
  await writeAtomically(join(keptDir, LIST), JSON.stringify(builds));
  const kept = new Set([LIST, ...builds.flatMap((build) => build.files)]);
  // A half file is another process's, which is about to name it.
  const over = [...there].filter((name) => !kept.has(name) && !name.startsWith('.'));
  for (const name of over) await rm(join(keptDir, name), { force: true });
}

async function readBuilds(keptDir: string): Promise<readonly Build[]> {
  const text = await readIfThere(join(keptDir, LIST));
  try {
    return text === null ? [] : (JSON.parse(text) as readonly Build[]);
  } catch {
    // Not to be read: what it named goes, as if it had been old.
    return [];
  }
}
