import { readFileSync } from 'node:fs';
import { Misuse, Setback } from '../setback.ts';
import { type Command, type Job, reasonOf, word } from './command.ts';

interface PromptSeen {
  readonly name: string;
  readonly version: number;
  readonly kind: 'spoken' | 'recorded';
  readonly text: string;
  readonly state: string;
  readonly failure: string | null;
  readonly durationMs: number | null;
  readonly validUntil: string | null;
  readonly basis: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly approverNoted: string | null;
  readonly retiredBecause: string | null;
  readonly heard: boolean;
}
interface PromptList {
  readonly prompts: readonly PromptSeen[];
  readonly menuFailures: readonly { readonly name: string; readonly reason: string }[];
}

function approvalWords({ approvedAt, approvedBy, approverNoted }: PromptSeen): string {
  if (approvedAt === null) return '待批准 awaits approval';
  return approvedBy === null ? `批准（历史记录）${approverNoted ?? ''}` : `批准 ${approvedBy}`;
}

function promptLine(prompt: PromptSeen): string {
  const { name, version, kind, state, failure, durationMs, validUntil, basis, text } = prompt;
  return [
    prompt.heard ? '播放' : '    ',
    `${name} 第 ${version} 版`,
    kind === 'spoken' ? '合成' : '录音',
    state,
    durationMs === null ? '' : `${Math.round(durationMs / 100) / 10} 秒`,
    validUntil === null ? '' : `至 ${validUntil}`,
    approvalWords(prompt),
    basis,
    text,
    failure === null ? '' : `未能制作：${failure}`,
    prompt.retiredBecause === null ? '' : `已停用：${prompt.retiredBecause}`,
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function needed({ options }: Job, name: 'text' | 'from'): string {
  const value = options[name];
  if (value !== undefined) return value;
  throw new Misuse('rules.missing', `--${name} is missing.`, 'See rules help COMMAND for an example.');
}

const pathOf = (job: Job, rest: string): string =>
  `/prompts/${encodeURIComponent(word(job, 0, 'the prompt'))}/${rest}`;

/** What callers hear. */
export const PROMPT_COMMANDS: readonly Command[] = [
  {
    name: 'prompts',
    words: '',
    does: { zh: '语音登记簿：各版本', en: 'the register of prompts, all versions' },
    options: [],
    example: 'prompts',
    async run({ counter, print }) {
      const { prompts, menuFailures } = await counter.read<PromptList>('/prompts');
      const failures = menuFailures.map(({ name, reason }) => `菜单语音 ${name} 未能合成：${reason}`);
      const rows = [...prompts.map(promptLine), ...failures];
      print(rows.length === 0 ? '没有登记语音 no prompts' : rows.join('\n'));
      return menuFailures.length === 0 ? 0 : 1;
    },
  },
  {
    name: 'prompt-say',
    words: 'NAME',
    does: { zh: '新版本：文字合成', en: 'a new version, spoken from a text' },
    options: ['text', 'basis', 'until'],
    example: 'prompt-say greeting-main --text 您好，12345为您服务。 --basis 办公室来函',
    async run(job) {
      const { until } = job.options;
      const body = {
        text: needed(job, 'text'),
        ...(job.options.basis === undefined ? {} : { basis: job.options.basis }),
        ...(until === undefined ? {} : { validUntil: until }),
      };
      job.print(promptLine(await job.counter.send<PromptSeen>(pathOf(job, 'texts'), body)));
      return 0;
    },
  },
  {
    name: 'prompt-upload',
    words: 'NAME FILE',
    does: { zh: '新版本：录音（WAV）', en: 'a new version from a WAV, checked and converted' },
    options: ['text', 'basis', 'until'],
    example: 'prompt-upload greeting-main greeting.wav --basis 办公室来函',
    async run(job) {
      const { until, text } = job.options;
      const query = new URLSearchParams({
        ...(job.options.basis === undefined ? {} : { basis: job.options.basis }),
        ...(until === undefined ? {} : { validUntil: until }),
        ...(text === undefined ? {} : { text }),
      });
      const audio = bytesOf(word(job, 1, 'the file'));
      job.print(promptLine(await job.counter.upload<PromptSeen>(pathOf(job, `recordings?${query}`), audio)));
      return 0;
    },
  },
  {
    name: 'prompt-approve',
    words: 'NAME N',
    does: {
      zh: '批准他人制作的版本，此后来电听到',
      en: 'callers hear version N from now on; by another person than its maker',
    },
    options: [],
    example: 'prompt-approve greeting-main 2 --user operator2',
    async run(job) {
      const path = pathOf(job, `versions/${encodeURIComponent(word(job, 1, 'the version'))}/approve`);
      job.print(promptLine(await job.counter.send<PromptSeen>(path, {})));
      return 0;
    },
  },
  {
    name: 'prompt-retire',
    words: 'NAME [N]',
    does: { zh: '停用一个版本，或全部', en: 'no longer heard: version N, or all' },
    options: ['reason'],
    example: 'prompt-retire greeting-main 2 --reason 录音有误',
    async run(job) {
      const [, version] = job.rest;
      const body = { reason: reasonOf(job), ...(version === undefined ? {} : { version: Number(version) }) };
      const { retired } = await job.counter.send<{ retired: number }>(pathOf(job, 'retire'), body);
      job.print(`停用 ${retired} 个版本`);
      return 0;
    },
  },
  {
    name: 'prompt-heard',
    words: 'NAME',
    does: { zh: '谁听到了，是哪个版本', en: 'who heard it, and which version' },
    options: ['from', 'until'],
    example: 'prompt-heard greeting-main --from 2026-12-01T00:00:00+08:00',
    async run(job) {
      const { until } = job.options;
      const query = new URLSearchParams({
        from: needed(job, 'from'),
        ...(until === undefined ? {} : { until }),
      });
      const { calls } = await job.counter.read<{
        calls: readonly { call: string; at: string; caller: string; end: string; version: number | null }[];
      }>(pathOf(job, `heard?${query}`));
      const rows = calls.map(
        ({ call, at, caller, end, version }) =>
          `${at}  ${caller || '（隐藏）'}  ${version === null ? '系统语音' : `第 ${version} 版`}  ${end}  ${call}`,
      );
      job.print(rows.length === 0 ? '没有人听到 nobody heard it' : rows.join('\n'));
      return 0;
    },
  },
];

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Setback('rules.file', `${file} cannot be read.`, 'Name a file that is there.', { cause });
  }
}
