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
      hotline: '12345 政务服务便民热线',
      username: '用户名',
      password: '密码',
      signIn: '登录',
      ended: '登录已过期或已在别处退出，请重新登录；未保存的内容仍在本机。',
      empty: '请输入用户名和密码。',
    },
    {
      title: 'Sign in',
      hotline: '12345 government hotline',
      username: 'User name',
      password: 'Password',
      signIn: 'Sign in',
      ended: 'The session has ended. Sign in again; what was not saved is still on this machine.',
      empty: 'Type a user name and a password.',
    },
  ),
};
