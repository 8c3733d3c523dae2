import { Type } from '@fastify/type-provider-typebox';
import { signatoryFault } from '../../../domain/circulars/circular-table.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Uuid } from '../shapes/elements.ts';

/** Whom a writer can name: of a circular none of those who wrote a word of it. */
export function circularSignatoryRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/circulars/signatories',
    {
      schema: {
        operationId: 'listCircularSignatories',
        tags: ['supervision'],
        summary: '可以签发通报的人；参与起草的人不能签发自己的',
        querystring: exactly({
          circular: Type.Optional({ ...Uuid, description: '要送签的通报：不列参与起草的人' }),
        }),
        response: answers({
          200: exactly({
            signatories: Type.Array(exactly({ id: Type.String(), displayName: Type.String() })),
          }),
        }),
      },
    },
    async (request) => {
      const { circular: id } = request.query;
      const circular = id === undefined ? null : await services.circulars.find(id, { unitCode: null });
      if (id !== undefined && circular === null) throw new Refusal('circular.unknown', { id });
      const able = (await services.accounts.list()).filter(
        (account) => signatoryFault(account, circular?.writers ?? []) === null,
      );
      return { signatories: able.map(({ id, displayName }) => ({ id, displayName })) };
    },
  );
}
