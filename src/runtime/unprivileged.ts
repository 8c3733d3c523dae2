import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOBODY = 65_534;
const asRoot = (): boolean => process.getuid?.() === 0;

/**
 * A store started by root runs as `nobody`, with the one capability that lets it walk through the root-only folders
 * above its own; an ordinary user's runs as that user. PostgreSQL would refuse to run as root, Redis had better not.
 */
export function unprivileged(command: readonly string[]): readonly string[] {
  if (!asRoot()) return command;
  const drop = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
  const keep = ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search'];
  return ['setpriv', ...drop, ...keep, ...command];
}

/** What it must write becomes its own. */
export function giveToUnprivileged(path: string): void {
  if (asRoot()) chownSync(path, NOBODY, NOBODY);
}

/** The same with all that is inside, made by root in an earlier release. */
export function giveTreeToUnprivileged(folder: string): void {
  if (!asRoot()) return;
  giveToUnprivileged(folder);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    giveToUnprivileged(join(folder, name));
}
