import { existsSync, readFileSync } from 'node:fs';
import { run, which } from './run-program.ts';
import { Setback } from './setback.ts';

/** Where the host's own apt fetches Debian from, and the key it trusts for that. */
export interface AptSource {
  readonly mirror: string;
  readonly keyring: string;
  readonly architecture: string;
  readonly triplet: string;
  /** Lines of the host's configuration that a download needs as well: proxies, certificates, retries. */
  readonly acquire: readonly string[];
}

const DEFAULT_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const COMPOSE = 'Use the containers instead: docker compose up';

export async function hostAptSource(): Promise<AptSource> {
  for (const tool of ['apt-get', 'apt-cache', 'dpkg', 'dpkg-deb']) {
    if (which(tool) === null) {
      throw new Setback(
        'obtain.noApt',
        `This machine has no ${tool}: missing programs can only be fetched by themselves on Debian and its kin.`,
        `${COMPOSE} (or install Asterisk 22, PostgreSQL and Redis yourself and point to them: DATABASE_URL, REDIS_URL, ASTERISK_ARI_URL).`,
      );
    }
  }
  const [targets, architecture, acquire] = await Promise.all([
    run('apt-get', [
      'indextargets',
      '--format',
      '$(ORIGIN)|$(LABEL)|$(REPO_URI)|$(SOURCESENTRY)',
      'Created-By: Packages',
    ]),
    run('dpkg', ['--print-architecture']),
    run('apt-config', ['dump']),
  ]);
  const arch = architecture.out.trim();
  const triplet = TRIPLETS[arch];
  if (triplet === undefined) {
    throw new Setback(
      'obtain.architecture',
      `Debian has no Asterisk for the architecture "${arch}" that we know.`,
      COMPOSE,
    );
  }
  const found = pickTarget(targets.out);
  const keyring = found === null ? null : signedBy(found.entry);
  const mirror = process.env.YIHAOTONG_APT_MIRROR ?? found?.mirror;
  if (mirror === undefined) {
    throw new Setback(
      'obtain.noMirror',
      "None of this machine's apt sources is a mirror of Debian.",
      `Name one in YIHAOTONG_APT_MIRROR, such as http://mirror.example/debian. ${COMPOSE}.`,
    );
  }
  return {
    mirror,
    keyring: requireKeyring([process.env.YIHAOTONG_APT_KEYRING, keyring, DEFAULT_KEYRING]),
    architecture: arch,
    triplet,
    acquire: acquire.out
      .split('\n')
      .filter((line) => /^Acquire::(https?|ftp|Retries|ForceIPv[46])\b.*"[^"]+";$/.test(line)),
  };
}

const TRIPLETS: Readonly<Record<string, string>> = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
  ppc64el: 'powerpc64le-linux-gnu',
  s390x: 's390x-linux-gnu',
};

/** Debian's main archive among the host's sources; Origin is known only once apt has its lists. */
export function pickTarget(listing: string): { mirror: string; entry: string } | null {
  const targets = listing
    .split('\n')
    .map((line) => line.split('|'))
    .map(([origin = '', label = '', uri = '', entry = '']) => ({
      origin,
      label,
      mirror: uri.replace(/\/$/, ''),
      entry,
    }))
    .filter((one) => one.mirror !== '');
  const known = targets.find((one) => one.origin === 'Debian' && one.label === 'Debian');
  const alike = targets.find((one) => /\/debian$/.test(one.mirror));
  const chosen = known ?? alike;
  return chosen === undefined ? null : { mirror: chosen.mirror, entry: chosen.entry };
}

/** `file:n` names the n-th stanza (deb822) or the line (one-line style); its Signed-By is what apt trusts. */
function signedBy(entry: string): string | null {
  const [, file = '', position = '1'] = /^(.*):(\d+)$/.exec(entry) ?? [];
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const index = Number(position) - 1;
  const part = file.endsWith('.sources') ? text.split(/\n\s*\n/)[index] : text.split('\n')[index];
  return /signed-by\s*[:=]\s*(\/[^\s\]]+)/i.exec(part ?? '')?.[1] ?? null;
}

function requireKeyring(candidates: readonly (string | null | undefined)[]): string {
  const found = candidates.find((one) => typeof one === 'string' && existsSync(one));
  if (typeof found === 'string') return found;
  throw new Setback(
    'obtain.noKeyring',
    "Debian's signing keys are not on this machine, so nothing fetched from it could be trusted.",
    `Install them (apt install debian-archive-keyring), or name the file in YIHAOTONG_APT_KEYRING. ${COMPOSE}`,
  );
}
