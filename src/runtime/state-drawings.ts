import { PRESENCE_TABLE } from '../domain/agents/presence-table.ts';
import { announcementDiagram } from '../domain/announcements/life.ts';
import { CALLBACK_TABLE } from '../domain/callbacks/callback-table.ts';
import { MISSED_CALL_TABLE } from '../domain/callbacks/missed/missed-call.ts';
import { SURVEY_TABLE } from '../domain/callbacks/survey/dialogue.ts';
import { CALL_TABLE } from '../domain/calls/call-table.ts';
import { PARTY_TABLE } from '../domain/calls/conversation/conversation-table.ts';
import { circularDiagram } from '../domain/circulars/circular-table.ts';
import { editionDiagram } from '../domain/codes/edition.ts';
import { limitDiagram } from '../domain/deadlines/limit-life.ts';
import { URGENT_NOTICE_TABLE } from '../domain/duty/urgent-notice.ts';
import { HELP_TABLE } from '../domain/help/help-table.ts';
import { versionDiagram } from '../domain/hotlines/versions/life.ts';
import { incidentDiagram } from '../domain/incidents/incident-table.ts';
import { specialReportDiagram } from '../domain/incidents/special-report.ts';
import { menuDiagram } from '../domain/ivr/menu-table.ts';
import { knowledgeDiagram } from '../domain/knowledge/version-table.ts';
import { meetingDiagram } from '../domain/meetings/meeting-table.ts';
import { taskDiagram } from '../domain/meetings/task-table.ts';
import { RECORDING_TABLE } from '../domain/recordings/recording-table.ts';
import { restrictionDiagram } from '../domain/restrictions/life.ts';
import { exclusionDiagram } from '../domain/tickets/exclusion.ts';
import { extensionDiagram } from '../domain/tickets/extension.ts';
import { forceDiagram } from '../domain/tickets/forced-move.ts';
import { instructionDiagram } from '../domain/tickets/instruction.ts';
import { INTERIM_TABLE } from '../domain/tickets/interim.ts';
import { partDiagram } from '../domain/tickets/parts/part-table.ts';
import { flowPage } from '../domain/tickets/seven-steps.ts';
import { orderDiagram } from '../domain/tickets/supervision.ts';
import { transitionDiagram } from '../domain/tickets/transitions.ts';

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A table of states as a Mermaid drawing: one arrow for each pair of states, with the events that may lead there. */
export function tableDiagram(table: Table, first: string): string {
  const arrows = Object.entries(table).flatMap(([from, events]) => {
    const by = new Map<string, string[]>();
    for (const [event, targets] of Object.entries(events)) {
      for (const to of targets) by.set(to, [...(by.get(to) ?? []), event]);
    }
    return [...by].map(([to, leading]) => `  ${from} --> ${to}: ${leading.join(', ')}`);
  });
  const last = Object.keys(table).filter((state) => Object.keys(table[state] ?? {}).length === 0);
  return ['stateDiagram-v2', `  [*] --> ${first}`, ...arrows, ...last.map((one) => `  ${one} --> [*]`)].join(
    '\n',
  );
}

/** A drawing that lies beside the table it is made from. */
export interface StateDrawing {
  /** Below src/domain. */
  readonly file: string;
  readonly text: string;
}

export function stateDrawings(): readonly StateDrawing[] {
  const calls = Object.fromEntries(Object.entries(CALL_TABLE).map(([state, { on }]) => [state, on]));
  return [
    page('calls', 'call-table.ts', '一个电话 A call', tableDiagram(calls, 'arrived')),
    page(
      'calls/conversation',
      'conversation-table.ts',
      '通话中的一方 A party in a talk',
      tableDiagram(PARTY_TABLE, 'ringing'),
    ),
    page(
      'agents',
      'presence-table.ts',
      '话务员状态 Presence of an agent',
      tableDiagram(PRESENCE_TABLE, 'SIGNED_OUT'),
    ),
    page('codes', 'edition.ts', '代码表的一版 An edition of a code list', editionDiagram()),
    page(
      'callbacks/survey',
      'dialogue.ts',
      '自动电话回访 An automatic return visit',
      tableDiagram(SURVEY_TABLE, 'consent'),
    ),
    page(
      'duty',
      'urgent-notice.ts',
      '急件电话通知 An urgent ticket told by telephone',
      tableDiagram(URGENT_NOTICE_TABLE, 'calling'),
    ),
    page('help', 'help-table.ts', '求助 A request for help', tableDiagram(HELP_TABLE, 'open')),
    page(
      'callbacks',
      'callback-table.ts',
      '排队回呼 A queue callback',
      tableDiagram(CALLBACK_TABLE, 'onLine'),
    ),
    page(
      'callbacks/missed',
      'missed-call.ts',
      '未接来电 A missed call',
      tableDiagram(MISSED_CALL_TABLE, 'open'),
    ),
    page('ivr', 'menu-table.ts', '市民在菜单中 A citizen in a menu', menuDiagram()),
    page('tickets', 'transitions.ts', '工单 A ticket', transitionDiagram()),
    { file: 'tickets/seven-steps.md', text: flowPage() },
    page(
      'tickets',
      'instruction.ts',
      '批示 A leader’s instruction',
      instructionDiagram(),
      'instruction-states.md',
    ),
    page('meetings', 'meeting-table.ts', '会议纪要 The minutes of a meeting', meetingDiagram()),
    page('meetings', 'task-table.ts', '会议任务 A task of a meeting', taskDiagram(), 'task-states.md'),
    page('circulars', 'circular-table.ts', '通报 A circular', circularDiagram()),
    page('tickets', 'supervision.ts', '督办 A supervision order', orderDiagram(), 'supervision-states.md'),
    page(
      'tickets',
      'interim.ts',
      '先行处置 An interim handler',
      tableDiagram(INTERIM_TABLE, 'hazardOpen'),
      'interim-states.md',
    ),
    page('tickets/parts', 'part-table.ts', '工单的协办与内部转办 A part of a ticket', partDiagram()),
    page(
      'tickets',
      'exclusion.ts',
      '剔除 An exclusion from the appraisal',
      exclusionDiagram(),
      'exclusion-states.md',
    ),
    page(
      'tickets',
      'extension.ts',
      '延期 A request for more time',
      extensionDiagram(),
      'extension-states.md',
    ),
    page('tickets', 'forced-move.ts', '强制流转 A forced move', forceDiagram(), 'forced-move-states.md'),
    page('deadlines', 'limit-life.ts', '时限规定 A set of limits', limitDiagram()),
    page('incidents', 'incident-table.ts', '群体事件 An incident with many appeals', incidentDiagram()),
    page(
      'incidents',
      'special-report.ts',
      '舆情专报 A special report',
      specialReportDiagram(),
      'special-report-states.md',
    ),
    page('hotlines/versions', 'life.ts', '规则版本 A version of the rules', versionDiagram()),
    page('announcements', 'life.ts', '突发事件公告 An announcement', announcementDiagram()),
    page('recordings', 'recording-table.ts', '录音 A recording', tableDiagram(RECORDING_TABLE, 'started')),
    page(
      'knowledge',
      'version-table.ts',
      '知识条目的版本 A version of a knowledge entry',
      knowledgeDiagram(),
    ),
    page('restrictions', 'life.ts', '号码限制 A restriction of a number', restrictionDiagram()),
  ];
}

function page(
  folder: string,
  table: string,
  title: string,
  diagram: string,
  file = 'states.md',
): StateDrawing {
  const text = [
    `# ${title}`,
    '',
    `Made from \`${table}\` by \`npm run docs\`; a change here is lost.`,
    '',
    '```mermaid',
    diagram.trimEnd(),
    '```',
    '',
  ].join('\n');
  return { file: `${folder}/${file}`, text };
}
