import type { Problem } from './problem.ts';

/** Prompts. */
export const PROMPTS_PROBLEMS = {
  'prompt.unknown': {
    status: 404,
    zh: '没有登记这个语音或版本；请刷新列表重选',
    en: 'No such prompt or version is registered: load the list anew and choose again',
  },
  'prompt.nameInvalid': {
    status: 422,
    zh: '语音名须为 1 至 64 位小写字母、数字或 -',
    en: 'Name a prompt with 1 to 64 of a-z 0-9 -',
  },
  'prompt.languageInvalid': {
    status: 422,
    zh: '语言代码无效，请写如 zh-CN、en',
    en: 'This is no code of a language: write one such as zh-CN or en',
  },
  'prompt.languageDiffers': {
    status: 409,
    zh: '该语音名已用于另一种语言；请另取名称，在菜单中登记为该语种的提示音',
    en: 'The name belongs to another language; choose another name and enter it as the variant in the menu',
  },
  'prompt.languageUnspoken': {
    status: 422,
    zh: '系统不能合成该语言，请上传录音',
    en: 'The voice does not speak this language: bring in a recording instead',
  },
  'prompt.textInvalid': {
    status: 422,
    zh: '文字为空或太长，至多 400 字，请改写',
    en: 'The text is empty or longer than 400 characters: write it anew',
  },
  'prompt.endInThePast': { status: 422, zh: '有效期须在将来', en: 'Choose an end in the future' },
  'prompt.notWav': {
    status: 422,
    zh: '不是可用的 WAV 文件，请另存为 PCM 编码的 WAV',
    en: 'Not a WAV that can be used; save it as PCM WAV, sent as audio/wav',
  },
  'prompt.recordingUnfit': {
    status: 422,
    zh: '录音不宜播放，逐项说明见 faults，请重新录制或上传',
    en: 'The recording is not fit to be heard; see faults; record or upload it anew',
  },
  'prompt.notSpokenYet': {
    status: 409,
    zh: '该版本尚未合成，请稍候再试',
    en: 'This version is not spoken yet, try again shortly',
  },
  'prompt.ownWork': {
    status: 403,
    zh: '制作人不能批准自己的语音，请由另一名操作员试听后批准',
    en: 'Who made it does not approve it: ask another operator to listen and approve',
  },
  'prompt.approvedAlready': {
    status: 409,
    zh: '该版本已批准，请刷新看其现在的状态',
    en: 'It is approved already: load the page anew to see how it stands',
  },
  'prompt.cannotBeMade': {
    status: 409,
    zh: '该版本未能制作，见 failure；请登记新版本',
    en: 'This version could not be made, see failure; make another',
  },
  'prompt.retiredAlready': {
    status: 409,
    zh: '该版本已停用，请刷新看其现在的状态',
    en: 'It is retired already: load the page anew to see how it stands',
  },
} as const satisfies Readonly<Record<string, Problem>>;
