import { Type } from '@fastify/type-provider-typebox';
import { signatoryFault } from '../../../domain/circulars/circular-table.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';

/** Whom a writer can name; who wrote a word of it is refused when he is named. */
export function circularSignatoryRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/circulars/signatories',
    {
      schema: {
        operationId: 'listCircularSignatories',
        tags: ['supervision'],
        summary: '可以签发通报的人；参与起草的人不能签发自己的',
        response: answers({
          200: exactly({
            signatories: Type.Array(exactly({ id: Type.String(), displayName: Type.String() })),
          }),
        }),
      },
    },
    async () => ({
      signatories: (await services.accounts.list())
        .filter((account) => signatoryFault(account, []) === null)
        .map(({ id, displayName }) => ({ id, displayName })),
    }),
  );
}
