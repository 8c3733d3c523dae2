import type { MenuNote } from '../ivr/course.ts';
import { conditionEnglish, targetEnglish } from '../ivr/english.ts';
import { type Menu, nodeOf } from '../ivr/menu.ts';
import type { TriedStep } from '../ivr/try-menu.ts';
import { conditionWords, targetWords } from '../ivr/words.ts';
import { plainName } from '../ivr/words-spoken.ts';
import type { CallPlan } from './call-plan.ts';
import { promptsEnglish } from './explain-english.ts';
import type { MenuWay } from './follow-menu.ts';
import type { PathStep } from './path-step.ts';
import { MENU_EXITS } from './way-words.ts';

/** What happens in the plan's menu, step by step: what is heard, what is pressed, and where it leads. */
export function menuSteps(plan: CallPlan, way: MenuWay | null): readonly PathStep[] {
  const code = plan.menu ?? null;
  if (code === null) return [];
  if (way === null) {
    const english = { what: 'menu.unknown', reason: `there is no menu ${code}: it is passed by` };
    return [{ step: 'anomaly', what: 'menu.unknown', reason: `没有菜单 ${code}，不经菜单直接转接`, english }];
  }
  const { path, to, reason, lastsMs } = way.tried;
  const seconds = Math.round(lastsMs / 1000);
  return [
    {
      step: 'menu',
      what: `进入菜单 ${way.menu.name}（${code}）`,
      reason: '该号码设有菜单',
      english: { what: `into menu ${way.menu.name} (${code})`, reason: 'the number has a menu' },
    },
    ...path.flatMap((step) => stepsOf(step, way.menu)),
    {
      step: 'menuLeft',
      what: `离开菜单，去${targetWords(to)}`,
      reason: `${MENU_EXITS[reason].zh}，在菜单中约 ${seconds} 秒`,
      english: {
        what: `out of the menu, to ${targetEnglish(to)}`,
        reason: `${MENU_EXITS[reason].en}, after about ${seconds} s in the menu`,
      },
    },
    ...(to.kind === 'message'
      ? [
          {
            step: 'message',
            what: '听提示音后留言',
            reason: `录音成为 ${to.queue} 的工单草稿`,
            english: {
              what: 'leaves a message after the tone',
              reason: `it becomes the draft of a ticket of ${to.queue}`,
            },
          } as const,
        ]
      : []),
  ];
}

function stepsOf({ act, notes }: TriedStep, menu: Menu): readonly PathStep[] {
  const noted = notes.flatMap((note) => noteSteps(note, menu));
  if (act.kind !== 'play') return noted;
  return [
    ...noted,
    {
      step: 'announced',
      what: `播放 ${act.prompts.map(plainName).join('、')}`,
      reason: '菜单的提示音',
      english: { what: `plays ${promptsEnglish(act.prompts)}`, reason: 'a prompt of the menu' },
    },
  ];
}

const OUTCOMES = { complete: '', invalid: '，无此选项', incomplete: '，没有按完' } as const;
const OUTCOMES_ENGLISH = {
  complete: '',
  invalid: ', which leads nowhere',
  incomplete: ', not all of them',
} as const;

function noteSteps(note: MenuNote, menu: Menu): readonly PathStep[] {
  const node = nodeOf(menu, note.node);
  const where = `节点 ${node?.name ?? note.node}（${note.node}）`;
  const whereEnglish = `node ${node?.name ?? note.node} (${note.node})`;
  if (note.type === 'menuEntered') {
    if (note.node === menu.start) return [];
    const english = { what: `into ${whereEnglish}`, reason: 'the next level of the menu' };
    return [{ step: 'menu', what: `进入${where}`, reason: '菜单的下一层', english }];
  }
  const { digits, outcome, counter } = note;
  if (outcome === 'nothing') {
    const english = { what: 'no key', reason: whereEnglish };
    return [{ step: 'keys', what: '没有按键', reason: where, english }];
  }
  const choice = node?.choices.find((one) => one.digits === digits && one.counter === counter);
  const named = choice === undefined || outcome !== 'complete' ? null : choice.label;
  const label = named === null ? '' : `（${named}）`;
  const moreEnglish = [
    ...(choice?.when == null ? [] : [conditionEnglish(choice.when)]),
    ...(counter === null ? [] : [`counted as ${counter}`]),
  ];
  const more = [
    ...(choice?.when == null ? [] : [conditionWords(choice.when)]),
    ...(counter === null ? [] : [`计入 ${counter}`]),
  ];
  return [
    {
      step: 'keys',
      what: `按键 ${digits}${label}${OUTCOMES[outcome]}`,
      reason: more.length === 0 ? where : `${where}，${more.join('，')}`,
      english: {
        what: `keys ${digits}${named === null ? '' : ` (${named})`}${OUTCOMES_ENGLISH[outcome]}`,
        reason: [whereEnglish, ...moreEnglish].join(', '),
      },
    },
  ];
}
