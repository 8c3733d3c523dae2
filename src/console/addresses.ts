import { ElMessage } from 'element-plus';
import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router';
import { couldNot } from './api/problem.ts';
import type { Page } from './area.ts';
import { AREAS } from './areas.ts';
import type { Session } from './session/session.ts';
import { words } from './words/words.ts';

declare module 'vue-router' {
  interface RouteMeta {
    page?: Page;
    bare?: boolean;
  }
}

/** Which of these pages this account may open. */
export function mayOpen(page: Page, session: Pick<Session, 'account'>): boolean {
  if (page.for === 'public') return true;
  const { account } = session;
  if (account === null) return false;
  return page.for === 'everyone' || page.for.some((role) => account.roles.includes(role));
}

/** Where somebody begins who asked for nothing in particular: the first page of the menu that is open to him. */
function firstPage(session: Session): string {
  const pages = AREAS.flatMap((area) => area.pages);
  return (
    pages.find((page) => page.icon !== undefined && page.aside !== true && mayOpen(page, session))?.path ??
    '/no-page'
  );
}

export function addressBook(session: Session, isTalking: () => boolean): Router {
  const routes: RouteRecordRaw[] = AREAS.flatMap((area) =>
    area.pages.map((page) => ({
      name: page.name,
      path: page.path,
      component: page.component,
      meta: { page, bare: page.bare ?? false },
    })),
  );
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...routes,
      // Who asks for nothing in particular is led on below, once it is known who asks.
      { path: '/', name: 'start', component: () => import('./shell/NoPage.vue') },
      {
        path: '/no-answer',
        name: 'noAnswer',
        component: () => import('./shell/NoAnswer.vue'),
        meta: { bare: true },
      },
      { path: '/:rest(.*)*', name: 'noPage', component: () => import('./shell/NoPage.vue') },
    ],
  });

  router.beforeEach(async (to) => {
    if (to.name === 'noAnswer') return true;
    try {
      await session.known();
    } catch (error) {
      if (!couldNot(error)) throw error;
      // Whoever sits there may see it; what it cannot do without the server it says itself.
      if (to.meta.page?.for === 'public') return true;
      return { name: 'noAnswer', query: { to: to.fullPath } };
    }
    const { page } = to.meta;
    if (page?.for === 'public') return true;
    // What was asked for is opened after signing in.
    if (session.account === null) return { name: 'signIn', query: { to: to.fullPath } };
    if (to.name === 'start') return firstPage(session);
    if (page === undefined || mayOpen(page, session)) return true;
    return { name: 'noPage', params: { rest: to.path.slice(1).split('/') } };
  });
  // The page's file is gone: a later release has other ones. Never in a talk: the citizen would be rung for.
  router.onError((error: unknown, to) => {
    if (!(error instanceof TypeError) || !/module/i.test(error.message)) throw error;
    if (isTalking())
      ElMessage({ type: 'warning', message: words.global.t('common.newRelease'), showClose: true });
    else location.assign(to.fullPath);
  });
  return router;
}
