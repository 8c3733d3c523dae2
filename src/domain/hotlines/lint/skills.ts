import { exitsOf, queuesOfMenus } from '../../ivr/ways.ts';
import { type Ask, askOf, bothAsks, meets, NO_ASK, readAsk, skillsOf } from '../../skills/skills.ts';
import type { Queue } from '../queue.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';
import { reached } from './queues.ts';

/** What lines, desks and menus ask of the agents: can it be read, and is there anybody who can do it? */
export function lintSkills(rules: RuleSet, { agents, employers }: LintContext): readonly Finding[] {
  const queues = new Map(rules.queues.map((queue) => [queue.code, queue]));
  const { generalQueue } = rules.municipality;
  const used = new Set([
    generalQueue,
    ...rules.lines.map(({ queue }) => queue),
    ...queuesOfMenus(rules.menus),
  ]);
  const asked = [
    ...rules.queues.map(({ code, skills }) => ({
      place: { thing: 'queue', key: code, field: 'skills' } as const,
      queue: used.has(code) ? code : null,
      text: skills,
    })),
    ...rules.lines.map((line) => ({
      place: { thing: 'line', key: lineKey(line), field: 'skills' } as const,
      queue: line.queue,
      text: line.skills,
    })),
    ...rules.menus.flatMap((menu) =>
      exitsOf(menu).flatMap((exit) =>
        exit.kind === 'queue' && exit.skills !== undefined
          ? [
              {
                place: { thing: 'menu', key: menu.code, field: null } as const,
                queue: exit.queue,
                text: exit.skills,
              },
            ]
          : [],
      ),
    ),
  ];
  return asked.flatMap(({ place, queue, text }): Finding[] => {
    if (text === null || text === '') return [];
    const read = readAsk(text);
    if (read.kind === 'refused') {
      const { wrong, right } = read;
      return [
        finding(
          'skills.unreadable',
          place,
          `技能要求“${wrong}”无法识别，如 ${right}`,
          `"${wrong}" cannot be read as a skill`,
        ),
      ];
    }
    const strangers = unknownEmployers(read.ask, employers).map((employer) =>
      strangeEmployer(place, employer),
    );
    // A chain without anybody at all is told of as such.
    if (queue === null || !canTake(queue, NO_ASK, new Map(), agents, queues)) return strangers;
    // What a desk asks for is asked in that desk alone; what a line or a menu asks for, wherever the call gets to.
    const ask = place.thing === 'queue' ? NO_ASK : read.ask;
    if (canTake(queue, ask, queues, agents, queues)) return strangers;
    return [
      ...strangers,
      finding(
        'queue.losesCalls',
        place,
        `队列 ${queue} 及其溢出链上没有话务员具备所要求的技能（${text}），来电要等一分钟才由其他话务员受理`,
        `nobody in queue ${queue} or its overflow chain has the skills asked for: its callers wait a minute before others take them`,
      ),
    ];
  });
}

/** Of those whose people are asked for: the ones that employ nobody here. */
function unknownEmployers(
  { required, preferred }: Ask,
  known: readonly string[] | undefined,
): readonly string[] {
  if (known === undefined) return [];
  const asked = [...required, ...preferred].flatMap(({ skill }) =>
    skill.startsWith('@') ? [skill.slice(1)] : [],
  );
  return [...new Set(asked)].filter((employer) => !known.includes(employer));
}

const strangeEmployer = (place: Finding['place'], employer: string): Finding =>
  finding(
    'skills.employerUnknown',
    place,
    `所要求的用工单位 @${employer} 未登记或已终止，没有这样的话务员`,
    `no employer @${employer} is registered, or it has ended: it has no agents`,
  );

/** Is there an agent in one of the desks that a call of `code` gets to who can do what that desk and `ask` require? */
function canTake(
  code: string,
  ask: Ask,
  asking: ReadonlyMap<string, Queue>,
  agents: LintContext['agents'],
  queues: ReadonlyMap<string, Queue>,
): boolean {
  return reached(code, queues).some((desk) => {
    const { required } = bothAsks(askOf(asking.get(desk)?.skills), ask);
    return agents.some((agent) => agent.queues.includes(desk) && meets(skillsOf(agent), required));
  });
}
