import type { Menu } from '../../ivr/menu.ts';
import type { Queue } from '../configuration.ts';
import type { TrunkProfile } from '../trunk.ts';
import type { FieldValue } from './content.ts';
import type { RuleLine } from './rule-set.ts';

export type Fields = Readonly<Record<string, FieldValue>>;
export type Row = RuleLine | Queue | Menu | TrunkProfile;

/** Where something stands: a line's key is `number@validFrom`, the municipality's empty, all others' their code. */
export interface Place {
  readonly thing: 'municipality' | 'trunk' | 'queue' | 'menu' | 'line';
  readonly key: string;
}
export type Change =
  | {
      readonly kind: 'changed';
      readonly place: Place;
      /** Of a menu: `nodes/ID` and `texts/PROMPT`, null where there is none; else its own. */
      readonly field: string;
      readonly from: FieldValue;
      readonly to: FieldValue;
      readonly words: string;
    }
  | {
      readonly kind: 'added' | 'removed';
      readonly place: Place;
      readonly row: Row;
      readonly words: string;
    };
