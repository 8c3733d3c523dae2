import { Type } from '@fastify/type-provider-typebox';
import { openOtherPhone } from '../../../app/agents/open-other-phone.ts';
import { setPersistentLeg } from '../../../app/agents/set-persistent-leg.ts';
import { LastShown } from '../../../app/organisation/last-shown.ts';
import { callerOf } from '../guard.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, exactly, oneOf, Reason } from '../shapes/elements.ts';

/** The telephones that an agent has. */
export function agentPhoneRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const openPhone = openOtherPhone(services);
  const phones = new LastShown<{ readonly name: string; readonly secret: string }>();
  const setLeg = setPersistentLeg(services);

  app.put(
    '/agents/:id/phones/:kind/persistent-leg',
    {
      schema: {
        operationId: 'setPersistentLeg',
        tags: ['agents'],
        summary:
          '设定话机常接：签入后接起一次，之后来电以提示音直接接通，不再振铃；通话中的改动在通话后生效。理由记入日志',
        params: exactly({ id: Type.String({ format: 'uuid' }), kind: oneOf(['browser', 'desk']) }),
        body: exactly({ persistentLeg: Type.Boolean(), reason: Reason }),
        response: answers({
          200: exactly({ kind: oneOf(['browser', 'desk']), persistentLeg: Type.Boolean() }),
        }),
      },
    },
    async (request) => {
      const { id: accountId, kind } = request.params;
      const { persistentLeg, reason } = request.body;
      await setLeg({ accountId, kind }, persistentLeg, {
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        reason,
        address: request.ip,
        requestId: request.id,
      });
      await askToReload(request, services);
      return { kind, persistentLeg };
    },
  );

  app.put(
    '/agents/me/phones/:kind',
    {
      schema: {
        operationId: 'openOtherPhone',
        tags: ['agents'],
        summary: '取得本人的浏览器话机或桌面话机，没有则开通；数据库不可用时，最近取得过的仍可取得',
        params: exactly({ kind: oneOf(['browser', 'desk']) }),
        response: answers({
          200: exactly({
            name: Type.String(),
            kind: oneOf(['browser', 'desk']),
            secret: Type.String({ description: '仅向话机所有者显示' }),
            sipAddress: Type.String(),
            webSocketAddress: Type.String(),
          }),
        }),
      },
    },
    async (request) => {
      const { kind } = request.params;
      const { id } = callerOf(request);
      const isAway = request.authenticated?.booksAway === true;
      const { name, secret } = await phones.of(`${id} ${kind}`, isAway, async () => {
        const { made, ...phone } = await openPhone(id, kind);
        if (made) await askToReload(request, services);
        return phone;
      });
      return {
        name,
        kind,
        secret,
        sipAddress: `sip:${name}@${request.hostname}:${options.sipPort}`,
        webSocketAddress: `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}/sip`,
      };
    },
  );
}
