import { PLACE_PROMPTS, PLACE_PROMPTS_EN } from './queue-prompts.ts';
import { MATTER_PROMPTS } from './survey-prompts.ts';
import { URGENT_PROMPTS } from './urgent-prompts.ts';

/**
 * The prompts that the product itself needs, with their spoken text. A recording uploaded under the same name
 * always wins over the generated one. A greeting takes 5 s at most and a person answers within 9 s, no menu (GB/T 33358,
 * B1): the rules of the sample pass their own linter.
 */
export const PROMPTS = {
  'greeting-main': '您好，12345热线为您服务。',
  /** Played by the dialplan while call control is away. Short: whoever called then reaches an agent within 5 s. */
  'greeting-fallback': '您好，请稍候。',
  'greeting-forwarded': '您好，该热线已并入12345。',
  'greeting-dedicated': '您好，正在为您接通专席。',
  /** The desk of a dedicated number does not answer now; the general desk always does. */
  'greeting-off-hours': '您好，专席不在受理时间，转接人工。',
  'greeting-parallel': '您好，正在为您接通承办单位。',
  'greeting-merged': '您好，该号码已并入12345。',
  'greeting-centre': '您好，正在为您接通分中心。',
  'transition-notice': '号码即将停用，请改拨12345。',
  'transition-ended': '号码停用请拨12345，为您转接。',
  /** Instead, where nobody answers the number any more. */
  'transition-closed': '您拨打的号码已停用，请直接拨打12345，24小时为您服务。',
  'number-unregistered': '您拨打的号码未登记，正在转接人工。',
  /** What became of the call to a unit or another centre, before 12345 takes it back. */
  'return-busy': '对方电话正忙，正在为您转回12345人工服务。',
  'return-no-answer': '对方电话无人接听，正在为您转回12345人工服务。',
  'return-refused': '对方未能接听，正在为您转回12345人工服务。',
  'return-unreachable': '对方电话暂时无法接通，正在为您转回12345人工服务。',
  /** To who answers at a unit's telephone: a switchboard or a voicemail presses no key. */
  'unit-call-confirm': '这里是12345。您要联系的市民即将接通，请按1继续。',
  /** To who is on call: an emergency bridge rings him into a talk. */
  'bridge-confirm': '这里是12345政务热线，有紧急情况需要您加入多方通话，请按1加入。',
  'announcement-withheld': '来电未显示号码，不能登记恢复通知。',
  /** Why, where to appeal, and who helps in an emergency (C15). */
  'restricted-limit':
    '该号码一小时内来电次数已满，请稍后再拨。如有异议，可向12345网站申诉。紧急求助请拨110、119、120。',
  'restricted-block':
    '该号码因多次滋扰来电，已暂停受理。如有异议，可向12345网站申诉。紧急求助请拨110、119、120。',
  'notice-subscribed': '已登记，恢复后将通知您。',
  'please-wait': '话务员正忙，请稍候，您的位置已保留。',
  ...PLACE_PROMPTS,
  /** To who waits, where the queue's rule offers it; the key is `CALLBACK_KEY`. */
  'callback-offer': '当前来电较多。如需稍后回电，请按1，我们为您保留位置；继续等待请勿挂机。',
  'callback-promised': '已登记回电，12345将致电您，请保持电话畅通。',
  /** After the talk (G4); the keys are those of `rating/grades`. */
  'rating-ask':
    '请您为话务员的服务评价：非常满意请按1，满意请按2，基本满意请按3，不满意请按4，非常不满意请按5。',
  'rating-nothing': '没有收到您的评价。',
  'rating-wrong': '您的按键有误。',
  'rating-thanks': '感谢您的评价。',
  /** 自动电话回访: the keys are those of `callbacks/survey/dialogue`. */
  'survey-hello':
    '您好，这里是12345热线，就您反映的事项做自动回访。您是本人请按1，不是本人请按2，不接受回访请按3，转人工请按0。',
  'survey-resolved': '您反映的问题是否已解决？已解决请按1，未解决请按2，转人工请按0。',
  'survey-result':
    '您对办理结果是否满意？非常满意请按1，满意请按2，基本满意请按3，不满意请按4，非常不满意请按5。',
  'survey-process':
    '您对办理过程是否满意？非常满意请按1，满意请按2，基本满意请按3，不满意请按4，非常不满意请按5。',
  'survey-message': '如有补充意见，请在提示音后留言，按井号键结束；没有请直接挂机。',
  ...MATTER_PROMPTS,
  ...URGENT_PROMPTS,
  'survey-nothing': '没有收到您的按键。',
  'survey-wrong': '您的按键有误。',
  'survey-sorry': '对不起，打扰您了，再见。',
  'survey-refused': '好的，不再打扰您，再见。',
  'survey-later': '我们会另行与您联系，再见。',
  'survey-thanks': '感谢您的评价，再见。',
  /** To the agent, every 45 s. */
  /** To a citizen whose agent's telephone was lost in the talk. */
  'rejoin-wait': '通话暂时中断，正在为您重新接通，请不要挂机。',
  'hold-reminder': '市民正在等待，请尽快恢复通话。',
  /** The whole chain had nobody: he may say what it is about. */
  'queue-message': '话务员仍忙，请在提示音后留言，我们会尽快与您联系，说完请挂机。',
  goodbye: '感谢您的来电，再见。',
  'menu-person': '人工服务请按0。',
  'menu-classic': '咨询请按1，求助请按2，投诉举报请按3，建议请按4，查询工单进度请按5，企业服务请按9。',
  'menu-wrong': '您的按键有误。',
  'menu-nothing': '没有收到您的按键。',
  'menu-ticket-ask': '请输入工单编号的后四位，人工服务请按星号键。',
  'menu-ticket-not-found': '没有查到您的工单。',
  'menu-message': '请在提示音后留言，说完请挂机。',
  'message-empty': '没有听到您的留言。',
  'message-thanks': '留言已收到，我们会尽快处理。',
  /** Progress of a ticket: what it is doing, and with whom. */
  'ticket-registered': '您的工单已登记，正在12345等待派单。',
  'ticket-out-of-scope': '您反映的事项不属于12345受理范围，建议已告知，如有疑问请咨询人工。',
  'ticket-dispatched': '您的工单已派往承办单位，等待签收。',
  'ticket-signed-for': '您的工单已由承办单位签收。',
  'ticket-returned': '您的工单正在12345重新确定承办单位。',
  'ticket-in-contact': '承办单位已就您的工单与您联系，正在办理。',
  'ticket-handling': '承办单位正在办理您的工单。',
  'ticket-long-term': '您的工单需要较长时间办理，由承办单位继续跟进。',
  'ticket-reported-done': '承办单位已办结您的工单，12345正在核实。',
  'ticket-return-visit': '您的工单已办结，12345将回访您。',
  'ticket-withdrawn': '您的工单已按您的要求撤回。',
  'ticket-closed': '您的工单已结案。',
  'ticket-person': '人工服务请按星号键。',
} as const;
export type PromptName = keyof typeof PROMPTS;

/** The tone after which a message is spoken. */
export const MESSAGE_TONE = 'message-tone';
/** To an agent whose leg is persistent: a citizen comes now. Short, since he waits for its end. */
export const CALL_TONE = 'call-tone';
/** Sounds that are not spoken, by name. */
export const TONES = { [MESSAGE_TONE]: { hz: 850, ms: 400 }, [CALL_TONE]: { hz: 620, ms: 200 } } as const;

/** What is spoken in another language than the rest. */
export const ENGLISH_PROMPTS: Readonly<Record<string, string>> = PLACE_PROMPTS_EN;

/** A text in the usual language or in one of its own, or a tone. */
export type Sound =
  | string
  | { readonly language: string; readonly text: string }
  | { readonly hz: number; readonly ms: number };

/** All that is to be made at the start. */
export const SOUNDS: Readonly<Record<string, Sound>> = {
  ...PROMPTS,
  ...Object.fromEntries(
    Object.entries(ENGLISH_PROMPTS).map(([name, text]) => [name, { language: 'en', text }]),
  ),
  ...TONES,
};
