import { type LimitSet, limitSetOf } from '../../../src/domain/deadlines/limit-set.ts';
import { presetOf } from '../../../src/domain/deadlines/presets.ts';

/** A preset as the program brings it, in force since ever. */
export function presetLimits(code = 'jiangsu-3-5'): LimitSet {
  const preset = presetOf(code);
  if (preset === null) throw new Error(`no preset is called ${code}`);
  return limitSetOf({ number: 1, validFrom: 0, content: null }, preset);
}
