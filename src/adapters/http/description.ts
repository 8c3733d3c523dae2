import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** How the API describes itself; its operations add themselves, each by its schema. */
export const DESCRIPTION: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: '一号通 API',
      version: '1',
      description:
        '12345 政务服务便民热线。错误以 RFC 9457 problem details 返回，code 稳定不变；POST 操作接受 Idempotency-Key：同一请求重发只执行一次、答复相同，另一请求用同一个值则被拒绝。',
    },
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'yht_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ cookie: [] }, { bearer: [] }],
  },
  refResolver: {
    buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `def-${index}`),
  },
};
