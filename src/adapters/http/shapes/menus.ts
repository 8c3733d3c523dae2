import { Type } from '@fastify/type-provider-typebox';
import type { CheckedMenu, MenuInVersion, SeenMenu } from '../../../app/rules/read-menus.ts';
import { menuDrawing } from '../../../domain/ivr/drawing.ts';
import { menuDiagram } from '../../../domain/ivr/graph.ts';
import { exactly, nullable, oneOf } from './elements.ts';
import { FindingShape, MenuShape, Revision } from './rules.ts';

const Row = Type.Integer({ description: '自上而下第几行' });
const Column = Type.Integer({ description: '自起始向右第几列' });
const GraphShape = exactly({
  start: Type.String(),
  columns: Type.Integer(),
  rows: Type.Integer(),
  vertices: Type.Array(
    exactly({
      id: Type.String(),
      kind: oneOf(['node', 'queue', 'line', 'number', 'message', 'goodbye', 'ticketStatus']),
      label: Type.String(),
      labelEn: Type.String({ description: '英文；市里自取的名称照原样' }),
      level: nullable(Type.Integer({ description: '到达所需按键次数，起始为 1' })),
      column: Column,
      row: Row,
      rows: Type.Integer({ description: '占几行：标题一行，每条去路一行' }),
    }),
  ),
  edges: Type.Array(
    exactly({
      from: Type.String(),
      to: Type.String(),
      by: oneOf(['condition', 'keys', 'wrong', 'nothing', 'default', 'afterwards']),
      digits: nullable(Type.String()),
      label: Type.String(),
      labelEn: Type.String(),
      port: Type.Integer({ description: '起于卡片的第几行' }),
      via: Type.Array(exactly({ column: Column, row: Row }), { description: '途经各列的位置' }),
      back: Type.Boolean({ description: '回到来电人已经过的节点' }),
    }),
  ),
  diagram: Type.String({ description: 'Mermaid 源文' }),
});
const LineNumber = Type.Integer({ description: '文本第几行' });
const Finding = exactly({ ...FindingShape.properties, line: LineNumber });
const Words = exactly({ zh: Type.String(), en: Type.String() });

const seen = {
  text: Type.String({ description: '文本形式：可编辑后以 text 提交' }),
  numbers: Type.Array(Type.String(), { description: '使用该菜单的号码' }),
  findings: Type.Array(Finding, { description: '规则检查：问题所在节点见 place.field，所在行见 line' }),
  depth: Type.Integer({ description: '须按键的层数；直达人工为 0' }),
  personAfterMs: nullable(Type.Number({ description: '市民多久后可接通人工，毫秒；null 为不能' })),
};
export const MenuSeenShape = exactly({ revision: Revision, menu: MenuShape, graph: GraphShape, ...seen });
export const CheckedMenuShape = exactly({
  seen: Type.Union([exactly({ menu: MenuShape, graph: GraphShape, ...seen }), Type.Null()], {
    description: 'null：文本不能识别，见 faults',
  }),
  faults: Type.Array(exactly({ line: LineNumber, wrong: Words, right: Words }), {
    description: '不能识别的行：写了什么，应写什么',
  }),
});

const shown = ({ menu, text, numbers, findings, depth, personAfterMs }: SeenMenu) => ({
  menu,
  text,
  graph: { ...menuDrawing(menu), diagram: menuDiagram(menu) },
  numbers: [...numbers],
  findings: [...findings],
  depth,
  personAfterMs,
});

export const seenMenu = (view: MenuInVersion) => ({ revision: view.revision, ...shown(view) });

export const checkedMenu = (checked: CheckedMenu) =>
  checked.kind === 'menu'
    ? { seen: shown(checked), faults: [] }
    : { seen: null, faults: checked.faults.map((fault) => ({ ...fault })) };
