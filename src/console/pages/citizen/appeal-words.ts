// data table: what a citizen reads on the form by which he appeals.
import { bilingual } from '../../words/word-table.ts';

export const APPEAL_WORDS = bilingual(
  {
    appeal: {
      title: '我要反映',
      hint: '写清楚什么事、在哪里、什么时候。提交后马上得到编号，凭编号和电话可以随时查办理进度。',
      urgent: '着火、有人受伤、治安案件请直接拨打 119、120、110，不要在这里填写。',
      kind: '这是（可不选）',
      kinds: {
        HELP: '求助',
        COMPLAINT: '投诉',
        ENQUIRY: '咨询',
        SUGGESTION: '建议',
        REPORT: '举报',
        PRAISE: '表扬',
      },
      text: '什么事',
      textHint: '例如：青园路幼儿园门口路灯三天不亮，晚上接孩子看不见路。',
      place: '在哪里（可不填）',
      placeHint: '街道、小区、门牌，或旁边有什么',
      telephone: '您的电话',
      telephoneHints: {
        mobile: '受理编号会发到这个手机，承办单位也可能联系您。',
        landline:
          '固定电话收不到短信，请记下提交后显示的编号，凭编号和这个电话查进度。承办单位也可能联系您。',
        anonymous:
          '匿名的不发短信，承办单位也看不到这个电话。请记下提交后显示的编号，凭编号和这个电话查进度。',
      },
      name: '怎么称呼您（可不填）',
      anonymous: '匿名：不让承办单位知道我是谁',
      send: '提交',
      missing: '请写几句是什么事。',
      telephoneMissing: '请填写电话，没有电话就查不到进度。',
      done: '收到了，您的编号是',
      doneNext: '请记下编号。热线审核后交给承办单位，答复期限可在进度里看到。',
      parked: '收到了。您写的内容由工作人员登记，如需编号请拨打 {hotline}。',
      follow: '查看办理进度',
      another: '再反映一件',
      link: '我要反映一件事',
    },
  },
  {
    appeal: {
      title: 'Tell us what is wrong',
      hint: 'Say what it is, where, and since when. You get a number at once; with it and your telephone you can see how it goes.',
      urgent: 'Fire, an injury or a crime: call 119, 120 or 110 instead of writing here.',
      kind: 'This is (if you want to say)',
      kinds: {
        HELP: 'A request for help',
        COMPLAINT: 'A complaint',
        ENQUIRY: 'A question',
        SUGGESTION: 'A suggestion',
        REPORT: 'A report of a violation',
        PRAISE: 'Praise',
      },
      text: 'What is it?',
      textHint:
        'For example: the street lamps at the kindergarten in Qingyuan Road have been out for three days.',
      place: 'Where? (may stay empty)',
      placeHint: 'Street and door, or what is near',
      telephone: 'Your telephone',
      telephoneHints: {
        mobile: 'The number of your matter is sent to it, and who handles it may call you.',
        landline:
          'No text message reaches a landline: write down the number that is shown after sending; with it and this telephone you see how it goes. Who handles it may call you.',
        anonymous:
          'No message is sent, and who handles it does not see this telephone. Write down the number that is shown after sending; with it and this telephone you see how it goes.',
      },
      name: 'Your name (may stay empty)',
      anonymous: 'Keep who I am from the unit that handles it',
      send: 'Send',
      missing: 'Please write in a few words what it is.',
      telephoneMissing: 'Please give your telephone: without it you cannot look how it goes.',
      done: 'We have it. Your number is',
      doneNext:
        'Please write it down. The hotline looks at it and gives it to whose matter it is; until when you are answered stands beside its progress.',
      parked: 'We have it. Somebody of the hotline writes it down; for its number please call {hotline}.',
      follow: 'See how it goes',
      another: 'Tell us another matter',
      link: 'Tell us what is wrong',
    },
  },
);
