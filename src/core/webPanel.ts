import type { Account } from './account.ts';

/**
 * The web panel of the account's VPS.org, at the origin of its API. The addresses of its pages are not documented, so this is its
 * start page. Undefined for sample accounts and for APIs without https.
 */
export function webPanelOf({ apiUrl, kind }: Pick<Account, 'apiUrl' | 'kind'>): string | undefined {
  if (kind === 'sample' || !URL.canParse(apiUrl)) {
    return undefined;
  }
  const { protocol, origin } = new URL(apiUrl);
  return protocol === 'https:' ? `${origin}/` : undefined;
}
