import { type Static, Type } from '@fastify/type-provider-typebox';
import { removeFilter, saveFilter } from '../../../app/organisation/saved-filters.ts';
import { ROLES } from '../../../app/ports/accounts.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import type { ListQueries } from '../list-queries.ts';
import { isOperationId, mayUse, POLICY } from '../policy.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Empty, exactly, IdempotencyHeaders, IdParams, Instant, oneOf } from '../shapes/elements.ts';

const ListName = Type.String({
  pattern: '^list[A-Z][A-Za-z]{1,40}$',
  description: '列表的 operationId，如 listTickets',
});
const Query = Type.Record(
  Type.String({ pattern: '^[a-z][A-Za-z]{1,40}$' }),
  Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]),
  { description: '该列表的筛选条件，与其查询参数同名；不含 limit、after' },
);
const fields = {
  list: ListName,
  name: Type.String({ minLength: 1, maxLength: 40, pattern: VISIBLE, description: '名称，同一列表内不重复' }),
  query: Query,
  sharedWith: Type.Array(oneOf(ROLES), {
    maxItems: 20,
    description: '共享给哪些角色；空：仅本人。共享须为班长、运营员、督办员或管理员',
  }),
};
const Body = exactly({ ...fields, sharedWith: Type.Optional(fields.sharedWith) });
const FilterShape = exactly({ id: Type.String(), ...fields });

/** Filters of lists under a name, for oneself or for everybody of a role. */
export function savedFilterRoutes(app: Api, services: ApiServices, lists: ListQueries): void {
  const save = saveFilter(services);

  /** What is not a filter of this list would be found out only when it is used. */
  const checked = ({ sharedWith = [], ...rest }: Static<typeof Body>) => {
    const faults = lists.faults(rest.list, rest.query);
    if (faults === null) throw new Refusal('filter.listUnknown', { list: rest.list, lists: lists.names() });
    if (faults.length > 0) throw new Refusal('filter.queryInvalid', { faults });
    return { ...rest, sharedWith };
  };
  const shown = ({ id, list, name, query, sharedWith }: Awaited<ReturnType<typeof save>>) => ({
    ...{ id, list, name, query: { ...query }, sharedWith: [...sharedWith] },
  });

  app.get(
    '/filters',
    {
      schema: {
        operationId: 'listFilters',
        tags: ['organisation'],
        summary: '本人保存的和共享给本人角色的筛选；只列本人可用的列表',
        querystring: exactly({ list: Type.Optional(ListName) }),
        response: answers({
          200: exactly({
            filters: Type.Array(
              exactly({
                ...{ id: Type.String(), ...fields, owner: Type.String(), savedAt: Instant },
                own: Type.Boolean({ description: '为本人所存' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id: reader, roles } = callerOf(request);
      const { list } = request.query;
      const found = await services.savedFilters.ofReader(reader, roles);
      return {
        filters: found
          .filter((one) => (list === undefined || one.list === list) && isOperationId(one.list))
          .filter((one) => isOperationId(one.list) && mayUse(POLICY[one.list], roles))
          .map(({ owner, ownerName, savedAt, ...one }) => ({
            ...shown({ owner, ...one }),
            ...{ owner: ownerName, savedAt, own: owner === reader },
          })),
      };
    },
  );

  app.post(
    '/filters',
    {
      config: { creates: true },
      schema: {
        operationId: 'saveFilter',
        tags: ['organisation'],
        summary: '以名称保存一个列表的筛选，可共享给角色；不得含个人信息',
        headers: IdempotencyHeaders,
        body: Body,
        response: answers({ 201: FilterShape }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'filter');
      const asked = { ...checked(request.body), id, replaces: false, keeper: callerOf(request) };
      return reply.status(201).send(shown(await save(asked)));
    },
  );

  app.put(
    '/filters/:id',
    {
      schema: {
        operationId: 'changeFilter',
        tags: ['organisation'],
        summary: '修改筛选：本人的，或（有共享权者）已共享的',
        params: IdParams,
        body: Body,
        response: answers({ 200: FilterShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      return shown(await save({ ...checked(request.body), id, replaces: true, keeper: callerOf(request) }));
    },
  );

  app.delete(
    '/filters/:id',
    {
      schema: {
        operationId: 'removeFilter',
        tags: ['organisation'],
        summary: '删除筛选：本人的，或（有共享权者）已共享的',
        params: IdParams,
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await removeFilter(services)(request.params.id, callerOf(request));
      return reply.status(204).send(null);
    },
  );
}
