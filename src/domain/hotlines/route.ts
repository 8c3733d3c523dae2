import type { Destination } from './plan-call.ts';

/** A destination in one word, to compare: `queue desk-12369`, `unit 051384139001`, `goodbye refused`. */
export type Route =
  | `queue ${string}`
  | `unit ${string}`
  | `centre ${string}`
  | `goodbye ${string}`
  | `message ${string}`;

export function routeOf(destination: Destination): Route {
  switch (destination.kind) {
    case 'queue':
      return `queue ${destination.queue}`;
    case 'unit':
      return `unit ${destination.number}`;
    case 'centre':
      return `centre ${destination.address}`;
    case 'goodbye':
      return `goodbye ${destination.result}`;
    default:
      return destination satisfies never;
  }
}
