// data table: the matters that a municipality has a key for, with what is usual for each.
import { momentText } from '../../elements/wall-time.ts';

/** What a surge key is made from; everything else follows from these. */
export interface SurgeTemplate {
  readonly code: string;
  readonly label: string;
}
export const SURGE_TEMPLATES: readonly SurgeTemplate[] = [
  { code: 'flood', label: '防汛' },
  { code: 'typhoon', label: '防台风' },
  { code: 'snow', label: '雨雪冰冻' },
  { code: 'heat', label: '高温' },
  { code: 'water-cut', label: '停水' },
  { code: 'power-cut', label: '停电' },
  { code: 'gas', label: '燃气' },
  { code: 'epidemic', label: '疫情' },
  { code: 'food', label: '食品安全' },
  { code: 'traffic', label: '交通管制' },
];

/** Keys that menus seldom have, first. */
const KEYS = ['7', '8', '6', '9', '4', '3', '2', '1', '0'];
export const freeKey = (taken: readonly string[]): string => KEYS.find((key) => !taken.includes(key)) ?? '7';

/** A matter without a template is named by when it began. */
const codeByMoment = (nowMs: number): string =>
  `surge-${momentText(nowMs).slice(5, 16).replaceAll(/\D/g, '')}`;

/** What follows from the matter's name, until somebody writes it otherwise. */
export function usualOf(label: string, key: string, nowMs: number) {
  const code = SURGE_TEMPLATES.find((one) => one.label === label)?.code ?? codeByMoment(nowMs);
  return {
    code,
    text: `${label}热线请按${key}。`,
    queue: `desk-${code}`,
    queueName: `${label}专席`,
    reason: `${label}应急响应`,
  };
}
