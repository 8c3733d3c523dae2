import { type Static, Type } from '@fastify/type-provider-typebox';
import type { AgentPart } from '../../../app/organisation/create-agent.ts';
import { ROLES } from '../../../app/ports/accounts.ts';
import { Code, exactly, nullable, oneOf, SkillsShape } from './elements.ts';

export const AccountShape = exactly({
  id: Type.String(),
  username: Type.String(),
  displayName: Type.String(),
  roles: Type.Array(oneOf(ROLES)),
  unitCode: nullable(Type.String()),
  employer: Type.Optional(nullable(Type.String({ description: '服务商主管所属的服务商' }))),
  disabled: Type.Boolean(),
});

export const ListedAccountShape = exactly({
  ...AccountShape.properties,
  agentNumber: nullable(Type.String({ description: '话务员登记簿中的工号；空：从未登记' })),
});
export const RolesShape = Type.Array(oneOf(ROLES), {
  minItems: 1,
  maxItems: ROLES.length,
  uniqueItems: true,
  description: '角色',
});
/** What makes an account an agent. */
export const AgentPartShape = exactly({
  number: Type.Optional(
    Type.String({ pattern: '^[0-9]{3,8}$', description: '工号，3 至 8 位数字；不填则取下一个' }),
  ),
  employer: Type.String({
    minLength: 2,
    maxLength: 40,
    description: '派出单位代码，见 /v1/employers；热线中心为 platform',
  }),
  queues: Type.Array(Code, { minItems: 1, maxItems: 50, uniqueItems: true, description: '技能队列' }),
  phoneKind: oneOf(['browser', 'desk']),
  skills: Type.Optional(SkillsShape),
});

/** Without what was left out. */
export function partOf({ number, skills, ...rest }: Static<typeof AgentPartShape>): AgentPart {
  return {
    ...rest,
    ...(number === undefined ? {} : { number }),
    ...(skills === undefined ? {} : { skills }),
  };
}
