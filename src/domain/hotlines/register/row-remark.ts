import type { Said } from './advice.ts';
import type { Field } from './columns.ts';
import type { LineRemark } from './headed-csv.ts';

/** Tells of one cell of a row what is wrong with it and what would be right. */
export type Remark = (severity: LineRemark['severity'], field: Field, wrong: Said, right: Said) => void;

/** Codes to choose from. */
export const listed = (codes: readonly string[]): Said => [codes.join('、'), codes.join(', ')];
