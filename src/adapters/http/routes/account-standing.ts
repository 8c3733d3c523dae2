import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import {
  type ChangedAccount,
  setAccountDisabled,
  setAccountRoles,
} from '../../../app/organisation/change-account.ts';
import { type Account, ROLES } from '../../../app/ports/accounts.ts';
import { callerOf } from '../guard.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { AccountShape, AgentPartShape, partOf, RolesShape } from '../shapes/accounts.ts';
import { answers, Code, exactly, IdParams, nullable, oneOf, Reason } from '../shapes/elements.ts';

/** Whether an account is in use, and what it may do. The same wish again changes nothing. */
export function accountStandingRoutes(app: Api, services: ApiServices): void {
  const traceOf = (request: FastifyRequest) => ({
    ...{ id: services.newId(), atMs: services.now(), accountId: callerOf(request).id },
    ...{ address: request.ip, requestId: request.id },
  });
  const told = async (request: FastifyRequest, work: Promise<ChangedAccount>): Promise<Account> => {
    const { account, callControl } = await work;
    if (callControl) await askToReload(request, services);
    return account;
  };

  for (const disabled of [true, false]) {
    app.post(
      disabled ? '/accounts/:id/disable' : '/accounts/:id/enable',
      {
        schema: {
          operationId: disabled ? 'disableAccount' : 'enableAccount',
          tags: ['accounts'],
          summary: disabled
            ? '停用账号：随即在各处退出登录；通话中的话务员打完这一通，不再分配来电，未登记去向的通话以 call.agentGone 告知班长。不能停用自己或最后一位管理员'
            : '重新启用账号，须重新登录',
          params: IdParams,
          body: exactly({ reason: Reason }),
          response: answers({ 200: AccountShape }),
        },
      },
      (request) => {
        const asked = { id: request.params.id, reason: request.body.reason };
        return told(request, setAccountDisabled(services)(asked, disabled, traceOf(request)));
      },
    );
  }

  app.post(
    '/accounts/:id/roles',
    {
      schema: {
        operationId: 'setAccountRoles',
        tags: ['accounts'],
        summary:
          '改角色（整体替换）：去掉角色或改换单位的，随即在各处退出登录，只增加的不退出。不能改自己的，也不能去掉最后一位管理员',
        params: IdParams,
        body: exactly({
          roles: RolesShape,
          unitCode: Type.Optional(nullable(Code)),
          employer: Type.Optional(nullable(Code)),
          was: exactly(
            {
              roles: Type.Array(oneOf(ROLES), { maxItems: ROLES.length }),
              unitCode: nullable(Code),
              employer: nullable(Code),
            },
            {
              description:
                '所见的角色、单位和派出单位；与现在的不同则不覆盖，以 account.changedMeanwhile 拒绝',
            },
          ),
          agent: Type.Optional(AgentPartShape),
          reason: Reason,
        }),
        response: answers({ 200: AccountShape }),
      },
    },
    (request) => {
      const { agent, unitCode = null, employer = null, ...asked } = request.body;
      return told(
        request,
        setAccountRoles(services)(
          {
            ...asked,
            ...{ id: request.params.id, unitCode, employer },
            ...(agent === undefined ? {} : { agent: partOf(agent) }),
          },
          traceOf(request),
        ),
      );
    },
  );
}
