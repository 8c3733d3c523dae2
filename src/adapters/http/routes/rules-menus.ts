import { Type } from '@fastify/type-provider-typebox';
import { editRules } from '../../../app/rules/edit-draft.ts';
import { checkMenu, readMenuOf } from '../../../app/rules/read-menus.ts';
import { versionBy } from '../../../app/rules/rule-change.ts';
import type { TextFault } from '../../../domain/ivr/text/fault.ts';
import { readMenuText } from '../../../domain/ivr/text/read-menu-text.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';
import { CheckedMenuShape, checkedMenu, MenuSeenShape, seenMenu } from '../shapes/menus.ts';
import { MenuCode, MenuShape, OptionalReason, Revision, VersionRef } from '../shapes/rules.ts';
import { ruleActorOf } from './rules.ts';

/** A menu of two hundred nodes with long texts. */
const MENU_BODY_LIMIT = 2 * 1024 * 1024;

const MenuParams = exactly({ version: VersionRef, menu: MenuCode });
const MenuText = Type.String({ maxLength: MENU_BODY_LIMIT, description: '菜单的文本形式，与 menu 二选一' });
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
    async (request) => seenMenu(await readMenuOf(services)(request.params.version, request.params.menu)),
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
          text: Type.Optional(MenuText),
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
      return seenMenu(await readMenuOf(services)(ref, code));
    },
  );

  app.post(
    '/rules/versions/:version/menus/:menu/check',
    {
      bodyLimit: MENU_BODY_LIMIT,
      schema: {
        operationId: 'checkMenu',
        tags: ['rules'],
        summary: '正在编写的菜单：文本、图形和检查结果，或不能识别的行；不保存',
        params: MenuParams,
        body: exactly({ menu: Type.Optional(MenuShape), text: Type.Optional(MenuText) }),
        response: answers({ 200: CheckedMenuShape }),
      },
    },
    async (request) => {
      const { menu, text } = request.body;
      const { version: ref, menu: code } = request.params;
      if (menu !== undefined && text === undefined)
        return checkedMenu(await checkMenu(services)(ref, code, { menu }));
      if (menu === undefined && text !== undefined)
        return checkedMenu(await checkMenu(services)(ref, code, { text }));
      throw new Refusal('rules.menuInvalid', { faults: ['body: either menu or text'] });
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

/** Data, as it is exported, begins with a brace; nothing else does. */
function fromText(text: string): unknown {
  if (!text.trimStart().startsWith('{')) {
    const read = readMenuText(text);
    if (read.kind === 'menu') return read.menu;
    throw new Refusal('rules.menuInvalid', { faults: read.faults.map(faultWords) });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal('rules.menuInvalid', { faults: [`text: ${error.message}`] });
  }
}

const faultWords = ({ line, wrong, right }: TextFault): string =>
  `第 ${line} 行 line ${line}: ${wrong.zh}；${right.zh} (${wrong.en}; ${right.en})`;
