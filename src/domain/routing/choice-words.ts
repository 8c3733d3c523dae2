import { type SkillNeed, stricter } from '../skills/skills.ts';
import { CUT_OFF, PRIORITIES } from './rank.ts';
import { skillWords } from './skill-words.ts';

/** Why this agent, and why this caller (C1). */
export interface Choice {
  readonly queue: string;
  /** The caller's own queue; another one after an overflow. */
  readonly home: string;
  /** What the agent can do and the caller asked for, preferences included. */
  readonly skilled: readonly SkillNeed[];
  readonly kept: boolean;
  readonly idleSinceMs: number;
  readonly waitingSinceMs: number;
  readonly priority: number;
}

// As it is written into the books, by the town's language; who reads English has it told from these same words.

const overflowed = (home: string, queue: string): string => `${home} 溢出至 ${queue}`;
const able = (skills: string): string => `具备 ${skills}，`;
const OWNER = '原受理人优先';
const idle = (seconds: string): string => `最长空闲 ${seconds} 秒`;
const CUT_OFF_FIRST = '通话中断优先';
const LONGEST = '排队最久';
const ranked = (priority: string): string => `优先级 ${priority}`;
const whole = (where: string, able: string, who: string, order: string, seconds: string): string =>
  `${where}：${able}${who}；${order}，已等待 ${seconds} 秒`;

export function choiceWords(choice: Choice, nowMs: number): string {
  const { queue, home, skilled, kept, idleSinceMs, waitingSinceMs, priority } = choice;
  const seconds = (sinceMs: number): string => `${Math.max(0, Math.round((nowMs - sinceMs) / 1000))}`;
  return whole(
    queue === home ? queue : overflowed(home, queue),
    skilled.length === 0 ? '' : able(skillWords(stricter(skilled))),
    kept ? OWNER : idle(seconds(idleSinceMs)),
    order(priority),
    seconds(waitingSinceMs),
  );
}

function order(priority: number): string {
  if (priority === CUT_OFF) return CUT_OFF_FIRST;
  return priority === PRIORITIES.usual ? LONGEST : ranked(`${priority}`);
}

const CODE = '(\\S+?)';
const NUMBER = '(\\d+)';
const WRITTEN = new RegExp(
  `^${whole(
    `(?:${overflowed(CODE, CODE)}|${CODE})`,
    `(?:${able('(.+?)')})?`,
    `(?:${OWNER}|${idle(NUMBER)})`,
    `(?:${CUT_OFF_FIRST}|${LONGEST}|${ranked(NUMBER)})`,
    NUMBER,
  )}$`,
);

/** The same as it is read in English; null: these are no such words. */
export function choiceInEnglish(words: string): string | null {
  const found = WRITTEN.exec(words);
  if (found === null) return null;
  const [, home, next, own, skills, idleS, priority, waitedS] = found;
  const where = home === undefined ? own : `${home}, overflowed to ${next}`;
  const can = skills === undefined ? '' : `able to ${skills}, `;
  const who = idleS === undefined ? 'has his case' : `idle longest (${idleS} s)`;
  const first = words.includes(CUT_OFF_FIRST)
    ? 'his talk was cut off'
    : priority === undefined
      ? 'waited longest'
      : `priority ${priority}`;
  return `${where}: ${can}${who}; ${first}, waited for ${waitedS} s`;
}
