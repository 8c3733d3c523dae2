import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';
import type { TableFile } from '../../elements/table-file.ts';

/** What is to be brought in, and what it is called. */
export interface Picked {
  readonly name: string;
  readonly body: { readonly csv: string } | { readonly file: TableFile };
}

/** What the server says of a table, line by line; of the catalogue and of a code list alike. */
export type TableReport = AnswerOf<paths['/v1/dispatch/catalogue/import']['post']>['report'];
