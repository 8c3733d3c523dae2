import { type TArray, type TObject, type TSchema, Type } from '@fastify/type-provider-typebox';
import type { PageAsked } from '../../../app/ports/page.ts';
import { exactly, nullable } from './elements.ts';

const Next = nullable(Type.String({ description: '下一页的 after；空：没有了' }));

/** One page: the rows under their name, and where the next begins. */
export function pageShape<const Name extends string, Row extends TSchema>(name: Name, row: Row) {
  const shape = { [name]: Type.Array(row), next: Next };
  return exactly(shape) as unknown as TObject<Record<Name, TArray<Row>> & { next: typeof Next }>;
}

/** The page of a query, and the filter beside it. */
export function pageAsked<Query extends { readonly limit: number; readonly after?: string }>(
  query: Query,
): { readonly page: PageAsked; readonly filter: Omit<Query, 'limit' | 'after'> } {
  const { limit, after, ...filter } = query;
  return { page: after === undefined ? { limit } : { limit, after }, filter };
}
