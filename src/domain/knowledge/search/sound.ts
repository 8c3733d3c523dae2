/** Sounds that people of the Lower Yangtze do not tell apart, and those who type by ear mix up. */
const FOLDS: readonly [RegExp, string][] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^l/, 'n'],
  [/^hu(?=[aeo])/, 'f'],
  [/ng$/, 'n'],
];

/** Two texts that sound alike to such an ear have the same. */
export function foldedSound(syllables: readonly string[]): string {
  return syllables
    .map((syllable) => FOLDS.reduce((folded, [pattern, by]) => folded.replace(pattern, by), syllable))
    .join(' ');
}
