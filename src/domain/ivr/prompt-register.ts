import { BUILT_IN_PROMPTS, type PromptOnFile, spokenMs } from './spoken.ts';

export type PromptKind = 'spoken' | 'recorded';

/** One version of a prompt. A version never changes: a new recording or text is the next one. Times: epoch ms. */
export interface PromptVersion {
  readonly id: string;
  readonly name: string;
  /** 1, 2, 3 … of that name. */
  readonly version: number;
  readonly kind: PromptKind;
  readonly language: string;
  readonly text: string;
  readonly validUntilMs: number | null;
  /** null: it waits for a second person's yes, and no caller hears it. */
  readonly approvedAtMs: number | null;
  /**
   *   waiting   not yet on the shelf from which Asterisk plays
   *   ready     there
   *   failed    cannot be spoken or fitted; what was heard before is heard on
   */
  readonly state: 'waiting' | 'ready' | 'failed';
  readonly failure: string | null;
  readonly durationMs: number | null;
  readonly madeAtMs: number;
  readonly readyAtMs: number | null;
  readonly retiredAtMs: number | null;
}

/** Letters, digits, dashes: a prompt's name is a file's. */
export const PROMPT_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** A text that takes longer is no announcement any more. */
export const PROMPT_TEXT_AT_MOST = 400;

function isAlive({ state, retiredAtMs, validUntilMs }: PromptVersion, nowMs: number): boolean {
  return state !== 'failed' && retiredAtMs === null && (validUntilMs === null || validUntilMs > nowMs);
}

/** What waits for a second person, who must be able to listen to it. */
export const awaitingApproval = (
  versions: readonly PromptVersion[],
  nowMs: number,
): readonly PromptVersion[] => versions.filter((one) => one.approvedAtMs === null && isAlive(one, nowMs));

/**
 * What is to be on the shelves at a moment: of each name the newest recording and the newest text that are approved and
 * neither retired, expired nor failed. A recording is heard before a text.
 */
export function onTheShelves(versions: readonly PromptVersion[], nowMs: number): readonly PromptVersion[] {
  const chosen = new Map<string, PromptVersion>();
  for (const one of versions) {
    const { name, kind, version, approvedAtMs } = one;
    if (approvedAtMs === null || !isAlive(one, nowMs)) continue;
    const key = `${kind} ${name}`;
    if ((chosen.get(key)?.version ?? 0) < version) chosen.set(key, one);
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * Everything that can be played now, for the linter: the product's own, what lies there by hand (name -> milliseconds),
 * and the register's with their ends.
 */
export function promptsOnFile(
  versions: readonly PromptVersion[],
  byHand: ReadonlyMap<string, number>,
  nowMs: number,
): ReadonlyMap<string, PromptOnFile> {
  const entry = ({ durationMs, text, language, validUntilMs }: PromptVersion): PromptOnFile => ({
    durationMs: durationMs ?? spokenMs(text),
    expiresAt: validUntilMs === null ? null : new Date(validUntilMs).toISOString(),
    language,
  });
  const alive = onTheShelves(versions, nowMs);
  const over = versions.filter(
    ({ approvedAtMs, retiredAtMs, state, validUntilMs }) =>
      approvedAtMs !== null && retiredAtMs === null && state !== 'failed' && validUntilMs !== null,
  );
  return new Map([
    // What is over is told as over, and not as missing, where nothing takes its place.
    ...over.map((one): [string, PromptOnFile] => [one.name, entry(one)]),
    ...BUILT_IN_PROMPTS,
    ...alive
      .filter(({ kind }) => kind === 'spoken')
      .map((one): [string, PromptOnFile] => [one.name, entry(one)]),
    ...[...byHand].map(([name, durationMs]): [string, PromptOnFile] => [
      name,
      { durationMs, expiresAt: null },
    ]),
    ...alive
      .filter(({ kind }) => kind === 'recorded')
      .map((one): [string, PromptOnFile] => [one.name, entry(one)]),
  ]);
}
