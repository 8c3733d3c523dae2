import { Type } from '@fastify/type-provider-typebox';
import type { Api } from '../server.ts';
import { answers } from '../shapes/elements.ts';

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>一号通</title>
<style>
body{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#1f2329}
h1{font-size:1.6rem}a{color:#0b57d0}code{background:#f2f3f5;padding:.1em .3em;border-radius:3px}
@media (prefers-color-scheme:dark){body{background:#16181d;color:#e6e8eb}a{color:#8ab4f8}code{background:#2a2d33}}
</style>
</head>
<body>
<main>
<h1>一号通</h1>
<p>12345 政务服务便民热线呼叫中心正在此运行。</p>
<ul>
<li><a href="/readyz">运行状况</a>：数据库、Redis、呼叫控制</li>
<li><a href="/openapi.json">接口说明（OpenAPI 3.1）</a></li>
<li><a href="/v1/problems">错误代码</a></li>
</ul>
<p>登录：<code>POST /v1/session</code>；实时画面：WebSocket <code>/v1/live</code>；浏览器话机：WebSocket <code>/sip</code>。</p>
</main>
</body>
</html>
`;

/** What stands at `/` until there is a console. */
export function landingRoutes(app: Api): void {
  app.get(
    '/',
    {
      schema: {
        hide: true,
        operationId: 'readLandingPage',
        tags: ['pages'],
        summary: '首页',
        response: answers({ 200: Type.String() }),
      },
    },
    (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE),
  );

  app.get(
    '/openapi.json',
    {
      schema: {
        hide: true,
        operationId: 'readApiDescription',
        tags: ['pages'],
        summary: 'OpenAPI 3.1',
        response: answers({ 200: Type.Object({}, { additionalProperties: true }) }),
      },
    },
    (_request, reply) =>
      reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
  );
}
