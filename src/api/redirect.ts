import { isSameOrigin } from './request.ts';
import type { Method } from './request.ts';

/** How many redirects one request follows. */
export const maxRedirects = 5;

/** Whether the status sends the request elsewhere. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Where a redirect leads, or undefined where it must not be followed. Only a GET is safe to send again, and only the
 * origin that the token was entered for may see it; that rules out the way from https to http as well.
 */
export function redirectTarget(method: Method, from: URL, location: string | null): URL | undefined {
  if (method !== 'GET' || location === null || !URL.canParse(location, from.href)) {
    return undefined;
  }
  const target = new URL(location, from);
  return isSameOrigin(target, from) ? target : undefined;
}
