import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConfigurationCache, PublishedConfiguration } from '../../app/ports/configuration-source.ts';
import type { Log } from '../../app/ports/log.ts';
import { configurationFromStore } from '../../domain/hotlines/stored.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';

/** The last published version, for a start without the database. It holds phones' secrets: the owner's alone. */
export function configurationCache(path: string, log: Log): ConfigurationCache {
  return {
    async read() {
      const text = await readIfThere(path);
      if (text === null) return null;
      try {
        const published: unknown = JSON.parse(text);
        if (isPublished(published)) {
          return { ...published, configuration: configurationFromStore(published.configuration) };
        }
      } catch (err) {
        log.warn({ err, path }, 'the configuration cache cannot be read');
        return null;
      }
      log.warn({ path }, 'the configuration cache does not hold a configuration');
      return null;
    },
    async write(published) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeAtomically(path, JSON.stringify(published));
    },
  };
}

function isPublished(value: unknown): value is PublishedConfiguration {
  if (typeof value !== 'object' || value === null) return false;
  const { configuration, phones } = value as Partial<PublishedConfiguration>;
  return (
    Array.isArray(phones) &&
    typeof configuration?.version === 'number' &&
    typeof configuration.municipality?.generalQueue === 'string' &&
    Array.isArray(configuration.lines) &&
    Array.isArray(configuration.queues) &&
    Array.isArray(configuration.agents)
  );
}
