import type { Destination } from './call-plan.ts';

/** A destination in one word, to compare: `queue desk-12369`, `unit 051384139001`, `goodbye refused`. */
export type Route = `${RouteKind} ${string}`;
export const ROUTE_KINDS = ['queue', 'unit', 'centre', 'message', 'goodbye'] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

export const kindOf = (route: Route): RouteKind =>
  ROUTE_KINDS.find((kind) => route.startsWith(`${kind} `)) ?? 'queue';

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
