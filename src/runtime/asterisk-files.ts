import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Setback } from './setback.ts';

export const PLACEHOLDERS = [
  'ASTERISK_ETC',
  'MODULES_DIR',
  'DATA_DIR',
  'VAR_DIR',
  'SPOOL_DIR',
  'LOG_DIR',
  'RUN_DIR',
  'KEYS_DIR',
  'RECORDINGS_DIR',
  'PROMPTS_DIR',
  'SIP_PORT',
  'SIP_BIND',
  'HTTP_PORT',
  'AMI_PORT',
  'ARI_USER',
  'ARI_PASSWORD',
  'AMI_USER',
  'AMI_SECRET',
  'RTP_START',
  'RTP_END',
  'STASIS_APP',
  'TRUNK_CODE',
  'TRUNK_MATCH',
  'TRUNK_HOST',
  'TRUNK_PORT',
  'TRUNK_MAX_CALLS',
  'EXTERNAL_ADDRESS',
  'LOCAL_NET',
] as const;
export type AsteriskValues = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>;

/** What is another trunk's own beside the first one's values. */
export type FurtherTrunk = Pick<AsteriskValues, 'TRUNK_CODE'> & Partial<AsteriskValues>;

const TRUNK_FILE = 'pjsip-trunk.conf';
const FURTHER_TRUNK = /^pjsip-trunk-.+\.conf$/;

/** Writes the project's Asterisk files with this instance's values. A name that is not known is never let through. */
export function renderAsteriskFiles(
  from: string,
  to: string,
  values: AsteriskValues,
  further: readonly FurtherTrunk[] = [],
): void {
  const files = rendered(from, values, further);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of strayTrunks(to, files)) rmSync(join(to, name));
  // They hold secrets.
  for (const [name, text] of files) writeFileSync(join(to, name), text, { mode: 0o600 });
}

/** Whether the files in `to` are those that would be written now. */
export function asteriskFilesAreCurrent(
  from: string,
  to: string,
  values: AsteriskValues,
  further: readonly FurtherTrunk[] = [],
): boolean {
  const files = rendered(from, values, further);
  const same = ([name, text]: readonly [string, string]): boolean => {
    const there = join(to, name);
    return existsSync(there) && readFileSync(there, 'utf8') === text;
  };
  return [...files].every(same) && strayTrunks(to, files).length === 0;
}

/** Each file's text by its name; the trunk's once more for each further trunk. */
function rendered(
  from: string,
  values: AsteriskValues,
  further: readonly FurtherTrunk[],
): ReadonlyMap<string, string> {
  checkValues(values);
  const files = new Map<string, string>();
  const render = (source: string, name: string, own: AsteriskValues): void => {
    checkValues(own);
    files.set(name, renderText(readFileSync(join(from, source), 'utf8'), source, own));
  };
  for (const name of readdirSync(from)) {
    if (name.endsWith('.conf') && statSync(join(from, name)).isFile()) render(name, name, values);
  }
  for (const trunk of further) {
    render(TRUNK_FILE, `pjsip-trunk-${trunk.TRUNK_CODE}.conf`, { ...values, ...trunk });
  }
  return files;
}

/** Files of trunks that are no more: Asterisk would read them all the same. */
const strayTrunks = (to: string, files: ReadonlyMap<string, string>): readonly string[] =>
  readdirSync(to).filter((name) => FURTHER_TRUNK.test(name) && !files.has(name));

/** A line whose only value is empty, such as an external address that does not exist, is left out with `@@?NAME@@`. */
export function renderText(text: string, file: string, values: AsteriskValues): string {
  const known: Readonly<Record<string, string>> = values;
  const lines = text.split('\n').flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    let dropped = false;
    const done = line.replace(/@@(\??)([A-Za-z0-9_]+)@@/g, (whole, optional: string, name: string) => {
      const value = known[name];
      if (value === undefined) {
        throw new Setback(
          'asterisk.placeholder',
          `${at} has the placeholder ${whole}, which does not exist.`,
          `Known ones: ${PLACEHOLDERS.join(', ')}.`,
        );
      }
      if (value === '' && optional === '?') dropped = true;
      return value;
    });
    const left = /@@/.exec(done);
    if (left !== null && !line.trimStart().startsWith(';')) {
      throw new Setback(
        'asterisk.placeholder',
        `${at} has an unfinished placeholder: ${line.trim()}`,
        'A placeholder is written @@NAME@@.',
      );
    }
    return dropped ? [] : [done];
  });
  return lines.join('\n');
}

/** A line break or `;` in a value would become configuration of its own. */
function checkValues(values: AsteriskValues): void {
  for (const [name, value] of Object.entries(values)) {
    if (!/[\r\n;]/.test(value)) continue;
    throw new Setback(
      'asterisk.value',
      `The value of ${name} holds a line break or a semicolon.`,
      'Choose another value.',
    );
  }
}
