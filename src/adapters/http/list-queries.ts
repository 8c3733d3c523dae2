import type { FastifyInstance } from 'fastify';
import { type FieldError, fieldErrors, validatorCompiler } from './validation.ts';

/** As much of a query's schema as is looked at here. */
interface QuerySchema {
  readonly properties?: Readonly<Record<string, object>>;
}

/** Every list that is read page by page, and by what each can be filtered: its own query without the page. */
export interface ListQueries {
  names(): readonly string[];
  /** What is wrong with a query of this list; null: there is no such list. */
  faults(list: string, query: Readonly<Record<string, unknown>>): readonly FieldError[] | null;
}

/** Of the routes that come after it. */
export function collectListQueries(app: FastifyInstance): ListQueries {
  const schemas = new Map<string, object>();
  app.addHook('onRoute', ({ schema }) => {
    const query = schema?.querystring as QuerySchema | undefined;
    const { limit, after, ...filters } = query?.properties ?? {};
    if (schema?.operationId === undefined || limit === undefined || after === undefined) return;
    schemas.set(schema.operationId, { ...query, required: [], properties: filters });
  });
  return {
    names: () => [...schemas.keys()],
    faults(list, query) {
      const schema = schemas.get(list);
      if (schema === undefined) return null;
      const check = validatorCompiler({ schema, method: 'GET', url: '', httpPart: 'querystring' });
      // Checked in a copy: reading a text as a number writes the number into what it reads.
      const valid = check({ ...query });
      const errors = (check as { readonly errors?: Parameters<typeof fieldErrors>[1] | null }).errors ?? [];
      return valid === true ? [] : fieldErrors('querystring', errors);
    },
  };
}
