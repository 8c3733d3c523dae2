import { findPersonalData } from '../privacy/personal-data.ts';
import { charactersIn, type EntryContent } from './entry.ts';
import { OFFICIAL_WORDS } from './official-words.ts';
import { oddTelephones } from './telephones.ts';

export const ENTRY_FINDINGS = [
  'sentenceTooLong',
  'answerTooLong',
  'officialWords',
  'basisMissing',
  'linkInvalid',
  'telephoneOdd',
  'messageMissing',
  'oneWayOnly',
  'personalData',
  'endsSoon',
  'publicEmpty',
] as const;
export type EntryFindingCode = (typeof ENTRY_FINDINGS)[number];

/** `error`: it is not given to a checker so; `warning`: the checker is to look; `notice`: it would be better otherwise. */
export interface EntryFinding {
  readonly code: EntryFindingCode;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly field: keyof EntryContent;
  /** The piece it is about, as it stands; empty: the whole field. */
  readonly piece: string;
  readonly message: { readonly zh: string; readonly en: string };
  readonly cure: { readonly zh: string; readonly en: string };
}

/** A breath: who listens has to keep the beginning in mind until the end comes. */
const SENTENCE_LONG = 40;
const SENTENCE_MOST = 80;
/** Five characters a second: a minute of it, and nobody listens longer. */
const ANSWER_LONG = 300;
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** What a citizen would stumble over, or miss (通俗化检查). Pure: the same words have the same findings. */
export function lintEntry(content: EntryContent, day: string): readonly EntryFinding[] {
  return [
    ...sentences(content.answer),
    ...lengths(content),
    ...officialWords(content),
    ...basis(content),
    ...telephones(content),
    ...privacy(content),
    ...days(content, day),
  ];
}

export const fitToSubmit = (findings: readonly EntryFinding[]): boolean =>
  !findings.some(({ severity }) => severity === 'error');

function sentences(answer: string): EntryFinding[] {
  return answer.split(/[。！？；!?;\n]+/).flatMap((raw) => {
    const sentence = raw.trim();
    const length = charactersIn(sentence);
    if (length <= SENTENCE_LONG) return [];
    return [
      finding('sentenceTooLong', length > SENTENCE_MOST ? 'error' : 'warning', 'answer', sentence, {
        zh: `一句话 ${length} 个字，念出来听不清`,
        en: `A sentence of ${length} characters cannot be followed by ear`,
        cureZh: `分成几句，每句不超过 ${SENTENCE_LONG} 个字`,
        cureEn: `Make several of it, of at most ${SENTENCE_LONG} characters each`,
      }),
    ];
  });
}

function lengths({ answer, message, otherWays, isPublic, publicText }: EntryContent): EntryFinding[] {
  const found: EntryFinding[] = [];
  const length = charactersIn(answer);
  if (length > ANSWER_LONG) {
    found.push(
      finding('answerTooLong', 'warning', 'answer', '', {
        zh: `口播 ${length} 个字，念完要 ${Math.round(length / 5)} 秒`,
        en: `${length} characters take ${Math.round(length / 5)} seconds to read aloud`,
        cureZh: '先说结论，细节放进短信或公开内容',
        cureEn: 'Say what matters first; details go into the message or the public text',
      }),
    );
  }
  if (message === '') {
    found.push(
      finding('messageMissing', 'notice', 'message', '', {
        zh: '没有短信口径，答复不能发给市民',
        en: 'Without words for a message it cannot be sent to the citizen',
        cureZh: '写一段 260 字以内的短信',
        cureEn: 'Write a message of at most 260 characters',
      }),
    );
  }
  if (otherWays.length === 0) {
    found.push(
      finding('oneWayOnly', 'notice', 'otherWays', '', {
        zh: '只有一种问法，市民换个说法就找不到',
        en: 'Asked in one way only: in other words it is not found',
        cureZh: '补充市民常用的问法',
        cureEn: 'Add the ways in which citizens ask',
      }),
    );
  }
  if (isPublic && publicText === '' && length > ANSWER_LONG) {
    found.push(
      finding('publicEmpty', 'notice', 'publicText', '', {
        zh: '没有公开内容，网上显示口播答复',
        en: 'The public reads what is meant to be heard',
        cureZh: '写一份便于阅读的公开内容',
        cureEn: 'Write a text to be read',
      }),
    );
  }
  return found;
}

function officialWords({ answer, message }: EntryContent): EntryFinding[] {
  return (['answer', 'message'] as const).flatMap((field) => {
    const text = field === 'answer' ? answer : message;
    // The longest first: what 户籍所在地 says is not said again for 户籍.
    const words = OFFICIAL_WORDS.toSorted(([one], [other]) => charactersIn(other) - charactersIn(one));
    let rest = text;
    return words.flatMap(([official, plain]) => {
      if (!rest.includes(official)) return [];
      rest = rest.replaceAll(official, '\n');
      return [
        finding('officialWords', 'warning', field, official, {
          zh: `“${official}”是公文用语`,
          en: `"${official}" is a word of officials`,
          cureZh: `换成“${plain}”`,
          cureEn: `Say "${plain}"`,
        }),
      ];
    });
  });
}

function basis(content: EntryContent): EntryFinding[] {
  if (content.basis.length === 0) {
    return [
      finding('basisMissing', 'error', 'basis', '', {
        zh: '没有依据，市民问“哪条规定”时答不上来',
        en: 'It rests on nothing that could be named to a citizen',
        cureZh: '登记文件名称和条款',
        cureEn: 'Name the document and the clause',
      }),
    ];
  }
  return content.basis.flatMap(({ document, clause, link }) => {
    const found: EntryFinding[] = [];
    if (document === '' || clause === '') {
      found.push(
        finding('basisMissing', document === '' ? 'error' : 'warning', 'basis', document, {
          zh: document === '' ? '依据没有文件名称' : `《${document}》没有写明条款`,
          en: document === '' ? 'A basis without its document' : 'The clause of the document is not named',
          cureZh: '写明文件名称和第几条',
          cureEn: 'Name document and clause',
        }),
      );
    }
    if (link !== '' && !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(link)) {
      found.push(
        finding('linkInvalid', 'warning', 'basis', link, {
          zh: '链接不是网址',
          en: 'The link is no web address',
          cureZh: '以 https:// 开头的完整网址，或留空',
          cureEn: 'A whole address that begins with https://, or nothing',
        }),
      );
    }
    return found;
  });
}

function telephones(content: EntryContent): EntryFinding[] {
  return (['answer', 'message', 'publicText'] as const).flatMap((field) =>
    oddTelephones(content[field]).map((piece) =>
      finding('telephoneOdd', 'warning', field, piece, {
        zh: `“${piece}”不像完整的电话号码`,
        en: `"${piece}" does not look like a whole telephone number`,
        cureZh: '固定电话写区号加 7 或 8 位，手机 11 位，短号 5 位',
        cureEn: 'A landline with its area code and 7 or 8 digits, a mobile of 11, a short number of 5',
      }),
    ),
  );
}

function privacy(content: EntryContent): EntryFinding[] {
  return (['question', 'answer', 'message', 'publicText'] as const).flatMap((field) =>
    findPersonalData(content[field])
      // An office's own landline is what an answer is for; somebody's mobile or identity card is not.
      .filter(({ kind }) => kind !== 'landline' && kind !== 'address')
      .map(({ kind, from, to }) =>
        finding(
          'personalData',
          kind === 'idCard' || kind === 'bankCard' ? 'error' : 'warning',
          field,
          content[field].slice(from, to),
          {
            zh: '像是个人信息',
            en: 'It looks like personal data',
            cureZh: '删去，或换成单位的公开电话',
            cureEn: 'Leave it out, or give the public number of the unit',
          },
        ),
      ),
  );
}

function days({ validTo }: EntryContent, day: string): EntryFinding[] {
  if (validTo === null) return [];
  const left = Math.round((Date.parse(validTo) - Date.parse(day)) / DAY_MS);
  if (left > SOON_DAYS) return [];
  return [
    finding('endsSoon', left < 0 ? 'error' : 'notice', 'validTo', validTo, {
      zh: left < 0 ? `有效期 ${validTo} 已过` : `${left} 天后到期`,
      en: left < 0 ? `It ended on ${validTo}` : `It ends in ${left} days`,
      cureZh: '改有效期，或不设截止日',
      cureEn: 'Give it a later end, or none',
    }),
  ];
}

function finding(
  code: EntryFindingCode,
  severity: EntryFinding['severity'],
  field: EntryFinding['field'],
  piece: string,
  text: { readonly zh: string; readonly en: string; readonly cureZh: string; readonly cureEn: string },
): EntryFinding {
  return {
    code,
    severity,
    field,
    piece,
    message: { zh: text.zh, en: text.en },
    cure: { zh: text.cureZh, en: text.cureEn },
  };
}
