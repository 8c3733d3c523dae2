import type { MenuNote } from '../ivr/course.ts';
import { type Menu, nodeOf } from '../ivr/menu.ts';
import type { TriedStep } from '../ivr/try-menu.ts';
import { conditionWords, targetWords } from '../ivr/words.ts';
import { plainName } from '../ivr/words-spoken.ts';
import type { CallPlan } from './call-plan.ts';
import { EXIT_REASONS, type MenuWay } from './follow-menu.ts';
import type { PathStep } from './path-step.ts';

/** What happens in the plan's menu, step by step: what is heard, what is pressed, and where it leads. */
export function menuSteps(plan: CallPlan, way: MenuWay | null): readonly PathStep[] {
  const code = plan.menu ?? null;
  if (code === null) return [];
  if (way === null) {
    return [{ step: 'anomaly', what: 'menu.unknown', reason: `没有菜单 ${code}，不经菜单直接转接` }];
  }
  const { path, to, reason, lastsMs } = way.tried;
  return [
    { step: 'menu', what: `进入菜单 ${way.menu.name}（${code}）`, reason: '该号码设有菜单' },
    ...path.flatMap((step) => stepsOf(step, way.menu)),
    {
      step: 'menuLeft',
      what: `离开菜单，去${targetWords(to)}`,
      reason: `${EXIT_REASONS[reason]}，在菜单中约 ${Math.round(lastsMs / 1000)} 秒`,
    },
    ...(to.kind === 'message'
      ? [{ step: 'message', what: '听提示音后留言', reason: `录音成为 ${to.queue} 的工单草稿` } as const]
      : []),
  ];
}

function stepsOf({ act, notes }: TriedStep, menu: Menu): readonly PathStep[] {
  const noted = notes.flatMap((note) => noteSteps(note, menu));
  if (act.kind !== 'play') return noted;
  return [
    ...noted,
    { step: 'announced', what: `播放 ${act.prompts.map(plainName).join('、')}`, reason: '菜单的提示音' },
  ];
}

const OUTCOMES = { complete: '', invalid: '，无此选项', incomplete: '，没有按完' } as const;

function noteSteps(note: MenuNote, menu: Menu): readonly PathStep[] {
  const node = nodeOf(menu, note.node);
  const where = `节点 ${node?.name ?? note.node}（${note.node}）`;
  if (note.type === 'menuEntered') {
    return note.node === menu.start ? [] : [{ step: 'menu', what: `进入${where}`, reason: '菜单的下一层' }];
  }
  const { digits, outcome, counter } = note;
  if (outcome === 'nothing') return [{ step: 'keys', what: '没有按键', reason: where }];
  const choice = node?.choices.find((one) => one.digits === digits && one.counter === counter);
  const label = choice === undefined || outcome !== 'complete' ? '' : `（${choice.label}）`;
  const more = [
    ...(choice?.when == null ? [] : [conditionWords(choice.when)]),
    ...(counter === null ? [] : [`计入 ${counter}`]),
  ];
  return [
    {
      step: 'keys',
      what: `按键 ${digits}${label}${OUTCOMES[outcome]}`,
      reason: more.length === 0 ? where : `${where}，${more.join('，')}`,
    },
  ];
}
