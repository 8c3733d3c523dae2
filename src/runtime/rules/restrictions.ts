import { Misuse } from '../setback.ts';
import { type Command, reasonOf, whole, word } from './command.ts';

/** What the API answers of restrictions, as far as a terminal shows it. */
interface Restriction {
  readonly id: string;
  readonly number: string;
  readonly stepName: string;
  readonly stateName: string;
  readonly callsPerHour: number | null;
  readonly hours: number;
  readonly until: string;
  readonly reason: string;
  readonly requestedBy: { readonly name: string };
  readonly approvedBy: { readonly name: string } | null;
  readonly openAppeal: string | null;
  readonly refusedCalls: number;
}
interface Appeal {
  readonly id: string;
  readonly restrictionId: string;
  readonly stateName: string;
  readonly text: string;
}

function restrictionText(one: Restriction): string {
  const calls = one.callsPerHour === null ? '' : `，每小时 ${one.callsPerHour} 次`;
  return [
    `${one.id}  ${one.number}  ${one.stepName}${calls}  ${one.stateName}`,
    `  ${one.hours} 小时，至 ${one.until}  ${one.requestedBy.name} 提出，${one.approvedBy?.name ?? '无人'} 批准`,
    `  ${one.reason}  拒接 ${one.refusedCalls} 次${one.openAppeal === null ? '' : `  申诉待处理 ${one.openAppeal}`}`,
  ].join('\n');
}
const appealText = ({ id, restrictionId, stateName, text }: Appeal): string =>
  `${id}  ${stateName}  限制 ${restrictionId}\n  ${text}`;

const decision = (name: string, move: string, zh: string, en: string): Command => ({
  name,
  words: 'ID',
  does: { zh, en },
  options: ['reason'],
  example: `${name} ID --reason 情况属实`,
  async run(job) {
    const id = encodeURIComponent(word(job, 0, 'the restriction'));
    const body = { reason: reasonOf(job) };
    job.print(restrictionText(await job.counter.send<Restriction>(`/restrictions/${id}/${move}`, body)));
    return 0;
  },
});

const verdict = (name: string, is: 'grant' | 'dismiss', zh: string, en: string): Command => ({
  name,
  words: 'ID',
  does: { zh, en },
  options: ['reason'],
  example: `${name} ID --reason 核实无误`,
  async run(job) {
    const id = encodeURIComponent(word(job, 0, 'the appeal'));
    const body = { verdict: is, answer: reasonOf(job) };
    job.print(appealText(await job.counter.send<Appeal>(`/appeals/${id}/decision`, body)));
    return 0;
  },
});

/** Nuisance callers: they act at once, beside the versions of the rules. */
export const RESTRICTION_COMMANDS: readonly Command[] = [
  {
    name: 'restrictions',
    words: '[NUMBER]',
    does: { zh: '来电号码的备注、限制和暂停受理', en: 'what is on record of callers’ numbers' },
    options: [],
    example: 'restrictions 13800138000',
    async run({ counter, rest, print }) {
      const [number] = rest;
      const query = number === undefined ? '' : `?number=${encodeURIComponent(number)}`;
      const { restrictions } = await counter.read<{ restrictions: readonly Restriction[] }>(
        `/restrictions${query}`,
      );
      print(restrictions.length === 0 ? '没有限制 none' : restrictions.map(restrictionText).join('\n'));
      return 0;
    },
  },
  {
    name: 'restrict',
    words: 'NUMBER',
    does: {
      zh: '备注立即生效；限制和暂停受理待他人审批',
      en: 'a note at once; a limit or a block for another to approve',
    },
    options: ['step', 'hours', 'calls', 'reason'],
    example: 'restrict 13800138000 --step limit --calls 2 --hours 24 --reason 一日内来电四十余次',
    async run(job) {
      const { step, calls } = job.options;
      if (step === undefined) {
        throw new Misuse('rules.step', '--step is missing.', 'note, then limit, then block.');
      }
      const body = {
        number: word(job, 0, 'the number'),
        step,
        hours: whole(job, 'hours'),
        ...(calls === undefined ? {} : { callsPerHour: whole(job, 'calls') }),
        reason: reasonOf(job),
      };
      job.print(restrictionText(await job.counter.send<Restriction>('/restrictions', body)));
      return 0;
    },
  },
  decision(
    'approve-restriction',
    'approve',
    '批准；须由他人进行',
    'by another than who asked; its time begins',
  ),
  decision('reject-restriction', 'reject', '不批准', 'not approved'),
  decision('withdraw-restriction', 'withdraw', '撤销尚未审批的请求', 'give a request up'),
  decision('lift-restriction', 'lift', '提前解除', 'end it early'),
  {
    name: 'appeals',
    words: '',
    does: { zh: '待处理的申诉', en: 'appeals that wait for a decision' },
    options: [],
    example: 'appeals',
    async run({ counter, print }) {
      const { appeals } = await counter.read<{ appeals: readonly Appeal[] }>('/appeals');
      print(appeals.length === 0 ? '没有申诉 none' : appeals.map(appealText).join('\n'));
      return 0;
    },
  },
  {
    name: 'appeal',
    words: 'NUMBER',
    does: { zh: '登记市民的申诉', en: 'take a citizen’s appeal down' },
    options: ['text'],
    example: 'appeal 13800138000 --text 家中老人误拨',
    async run(job) {
      const { text } = job.options;
      if (text === undefined)
        throw new Misuse('rules.text', '--text is missing.', 'What does the citizen say?');
      const body = { number: word(job, 0, 'the number'), text };
      job.print(appealText(await job.counter.send<Appeal>('/appeals', body)));
      return 0;
    },
  },
  verdict('grant-appeal', 'grant', '申诉成立，解除限制', 'the restriction is lifted'),
  verdict('dismiss-appeal', 'dismiss', '申诉不成立', 'it stays'),
];
