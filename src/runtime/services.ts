/** The three services that the product stands on, each started in a given folder on given ports. */
export { type AsteriskOptions, adoptAsterisk, startAsterisk } from './asterisk-service.ts';
export { postgresUrl, startPostgres } from './postgres-service.ts';
export { redisUrl, startRedis } from './redis-service.ts';
