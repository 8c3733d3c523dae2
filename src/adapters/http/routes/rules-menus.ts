import { Type } from '@fastify/type-provider-typebox';
import { editRules } from '../../../app/rules/edit-draft.ts';
import { type MenuInVersion, readMenuOf } from '../../../app/rules/read-menus.ts';
import { versionBy } from '../../../app/rules/rule-change.ts';
import { menuDiagram, menuGraph } from '../../../domain/ivr/graph.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { FindingShape, MenuCode, MenuShape, OptionalReason, Revision, VersionRef } from '../shapes/rules.ts';
import { ruleActorOf } from './rules.ts';

/** A menu of two hundred nodes with long texts. */
const MENU_BODY_LIMIT = 2 * 1024 * 1024;

const MenuParams = exactly({ version: VersionRef, menu: MenuCode });
const GraphShape = exactly({
  start: Type.String(),
  vertices: Type.Array(
    exactly({
      id: Type.String(),
      kind: oneOf(['node', 'queue', 'line', 'number', 'message', 'goodbye', 'ticketStatus']),
      label: Type.String(),
      level: nullable(Type.Integer({ description: '到达所需按键次数，起始为 1' })),
    }),
  ),
  edges: Type.Array(
    exactly({
      from: Type.String(),
      to: Type.String(),
      by: oneOf(['condition', 'keys', 'wrong', 'nothing', 'default', 'afterwards']),
      digits: nullable(Type.String()),
      label: Type.String(),
    }),
  ),
  diagram: Type.String({ description: 'Mermaid 源文' }),
});
const MenuSeenShape = exactly({
  revision: Revision,
  menu: MenuShape,
  text: Type.String({ description: '文本形式：可编辑后以 text 提交' }),
  graph: GraphShape,
  numbers: Type.Array(Type.String(), { description: '使用该菜单的号码' }),
  findings: Type.Array(FindingShape, { description: '规则检查：问题所在节点见 place.field' }),
});
const menuSeen = ({ revision, menu, numbers, findings }: MenuInVersion) => ({
  revision,
  menu,
  text: JSON.stringify(menu, null, 2),
  graph: { ...menuGraph(menu), diagram: menuDiagram(menu) },
  numbers: [...numbers],
  findings: [...findings],
});

/** The menus of a version, one by one: as data, as text and as a drawing, which say the same. */
export function ruleMenuRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/menus',
    {
      schema: {
        operationId: 'listMenus',
        tags: ['rules'],
        summary: '一个版本的菜单',
        params: exactly({ version: VersionRef }),
        response: answers({
          200: exactly({
            revision: Revision,
            menus: Type.Array(
              exactly({
                code: Type.String(),
                name: Type.String(),
                nodes: Type.Integer(),
                numbers: Type.Array(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { revision, rules } = await versionBy(services, request.params.version);
      const numbersOf = (code: string) =>
        rules.lines.flatMap((line) => (line.menu === code ? [line.number] : []));
      return {
        revision,
        menus: rules.menus.map(({ code, name, nodes }) => ({
          code,
          name,
          nodes: nodes.length,
          numbers: numbersOf(code),
        })),
      };
    },
  );

  app.get(
    '/rules/versions/:version/menus/:menu',
    {
      schema: {
        operationId: 'readMenu',
        tags: ['rules'],
        summary: '一个菜单：数据、文本、图形和检查结果',
        params: MenuParams,
        response: answers({ 200: MenuSeenShape }),
      },
    },
    async (request) => menuSeen(await readMenuOf(services)(request.params.version, request.params.menu)),
  );

  app.put(
    '/rules/versions/:version/menus/:menu',
    {
      bodyLimit: MENU_BODY_LIMIT,
      schema: {
        operationId: 'replaceMenu',
        tags: ['rules'],
        summary: '在草稿中新增或替换菜单；修订号过时则拒绝，并告知谁改了什么',
        params: MenuParams,
        body: exactly({
          revision: Revision,
          menu: Type.Optional(MenuShape),
          text: Type.Optional(
            Type.String({ maxLength: MENU_BODY_LIMIT, description: '菜单的文本形式，与 menu 二选一' }),
          ),
          reason: OptionalReason,
        }),
        response: answers({ 200: MenuSeenShape }),
      },
    },
    async (request) => {
      const { revision, menu, text, reason = '' } = request.body;
      const { version: ref, menu: code } = request.params;
      if ((menu === undefined) === (text === undefined)) {
        throw new Refusal('rules.menuInvalid', { faults: ['body: either menu or text'] });
      }
      const told = text === undefined ? menu : fromText(text);
      const own = typeof told === 'object' && told !== null && 'code' in told ? told.code : undefined;
      if (own !== code) {
        throw new Refusal('rules.menuInvalid', { faults: [`code: ${code}, as in the address`] });
      }
      const edit = { menus: [told] };
      await editRules(services)({ ref, revision, edit, reason, actor: ruleActorOf(request) });
      return menuSeen(await readMenuOf(services)(ref, code));
    },
  );

  app.delete(
    '/rules/versions/:version/menus/:menu',
    {
      schema: {
        operationId: 'removeMenu',
        tags: ['rules'],
        summary: '从草稿中删除菜单；使用它的号码须先改',
        params: MenuParams,
        querystring: exactly({ revision: Revision }),
        response: answers({ 200: exactly({ revision: Revision }) }),
      },
    },
    async (request) => {
      const { version: ref, menu } = request.params;
      const { revision } = await editRules(services)({
        ref,
        revision: request.query.revision,
        edit: { removeMenus: [menu] },
        actor: ruleActorOf(request),
      });
      return { revision };
    },
  );
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal('rules.menuInvalid', { faults: [`text: ${error.message}`] });
  }
}
