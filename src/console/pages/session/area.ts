import type { Area } from '../../area.ts';
import { bilingual } from '../../words/word-table.ts';

export const area: Area = {
  code: 'session',
  order: 0,
  pages: [
    {
      name: 'signIn',
      path: '/sign-in',
      title: 'title',
      for: 'public',
      bare: true,
      component: () => import('./SignIn.vue'),
    },
  ],
  words: bilingual(
    {
      title: '登录',
      hotline: "@:{'common.hotlineNumber'} 政务服务便民热线",
      username: '用户名',
      password: '密码',
      signIn: '登录',
      ended: '登录已过期、已在别处退出或账号有变动，请重新登录；未保存的内容仍在本机。',
      talkGoesOn: '通话仍在进行，市民听得到您。登录已结束，本次通话后不再有来电。',
      hangUp: '挂断',
      empty: '请输入用户名和密码。',
    },
    {
      title: 'Sign in',
      hotline: "@:{'common.hotlineNumber'} government hotline",
      username: 'User name',
      password: 'Password',
      signIn: 'Sign in',
      ended: 'The session has ended. Sign in again; what was not saved is still on this machine.',
      talkGoesOn: 'The talk goes on and the citizen hears you. No further call comes here.',
      hangUp: 'Hang up',
      empty: 'Type a user name and a password.',
    },
  ),
};
