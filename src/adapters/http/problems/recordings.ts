import type { Problem } from './problem.ts';

/** Recordings, who listens to them, and what is cut from them for a unit. */
export const RECORDINGS_PROBLEMS = {
  'recording.none': {
    status: 404,
    zh: '该通话没有录音；请以登记的内容和通话经过为准',
    en: 'This call has no recording: go by what was written down and by the course of the call',
  },
  'recording.notStored': {
    status: 409,
    zh: '录音尚未保存完毕，请在通话结束几秒钟后再试',
    en: 'The recording is not stored yet: try again some seconds after the end of the call',
  },
  'recording.failed': {
    status: 404,
    zh: '该通话录音失败，没有可播放的内容；请以登记的内容为准，并请告知运维人员',
    en: 'The recording failed, there is nothing to play: go by what was written down, and tell the operators',
  },
  'recording.nameInvalid': {
    status: 422,
    zh: '录音文件名无效，请从录音列表中重选',
    en: 'This is no name of a recording: choose again from the list of recordings',
  },
  'recording.unreadable': {
    status: 422,
    zh: '录音文件无法读取，请告知运维人员',
    en: 'The file of the recording cannot be read: tell the operators',
  },
  'recording.noRoom': {
    status: 503,
    zh: '录音磁盘已满，请立即通知运维人员清理，以免丢失录音',
    en: 'The disk of recordings is full: tell whoever runs the machine at once, before recordings are lost',
  },
  'listen.unknown': {
    status: 404,
    zh: '没有这次收听，或不是您的；请重新点“收听”并说明用途',
    en: 'There is no such listening of yours: press listen anew and say what for',
  },
  'listen.over': {
    status: 410,
    zh: '这次收听已过期，请重新说明用途',
    en: 'This listening is over; say anew what for',
  },
  'clip.notUnits': {
    status: 403,
    zh: '录音片段由承办单位的人员申领；请由其登录后申请',
    en: 'A clip is asked for by somebody of the handling unit: leave it to them',
  },
  'clip.anonymous': {
    status: 409,
    zh: '诉求人要求匿名，声音可辨认身份，不提供录音片段；请看登记的诉求内容',
    en: 'The citizen wants to stay unknown, and a voice is known: no clip is given: read what was written down',
  },
  'clip.noCall': {
    status: 409,
    zh: '该工单不是由通话形成的，没有录音；请看登记的诉求内容',
    en: 'This ticket did not come by a call, there is no recording: read what was written down',
  },
  'clip.noRecording': {
    status: 409,
    zh: '该通话没有已保存的录音；请看登记的诉求内容',
    en: 'This call has no recording that was stored: read what was written down',
  },
  'clip.asked': {
    status: 409,
    zh: '本单位对该工单已有待审批的申请；请等审批结果，急用的请联系中心',
    en: 'Your unit has asked for a clip of this ticket already: wait for the decision, or call the hotline if it is urgent',
  },
  'clip.unknown': {
    status: 404,
    zh: '没有这个录音片段；请刷新工单后重选',
    en: 'There is no such clip: load the ticket anew and choose again',
  },
  'clip.ownRequest': {
    status: 403,
    zh: '不得审批本人的申请，请由他人审批',
    en: 'Nobody decides on the own request; let somebody else',
  },
  'clip.decided': {
    status: 409,
    zh: '该申请的状态已变，见 state；请刷新后再试',
    en: 'This request is in another state by now, see state; read it again',
  },
  'clip.cutInvalid': {
    status: 422,
    zh: '片段的起止不符合要求，见 fault：须在录音之内，1 秒至 5 分钟，不超过录音的八成，消音时段须在片段之内',
    en: 'The cut does not fit, see fault: correct it to lie inside the recording, 1 second to 5 minutes, at most four fifths of it, muted stretches inside the clip',
  },
  'clip.notApproved': {
    status: 409,
    zh: '该申请尚未批准；请等审批后再取',
    en: 'This request is not approved: wait for the decision',
  },
  'clip.over': {
    status: 410,
    zh: '该片段已过期或已收回，确需使用请重新申请',
    en: 'This clip is over, or was taken back: ask for it anew if it is needed',
  },
  'recording.ofOthers': {
    status: 403,
    zh: '录音中有其他单位的话务员，请向热线中心申请',
    en: 'Agents of another employer are heard in this recording: ask the hotline',
  },
} as const satisfies Readonly<Record<string, Problem>>;
