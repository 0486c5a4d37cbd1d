import type { Locator } from 'playwright-core';

/**
 * Matches an accessible name that begins with these words and goes on, if at all, with what VS Code adds to them: a key
 * ("Refresh (Ctrl+R)") or further facts ("web-server-01, active, us-west").
 */
export function named(name: string | RegExp): RegExp {
  return typeof name === 'string' ? new RegExp(`^${escapeRegExp(name)}(?:$|,| \\()`) : name;
}

/** As `named`, for rows whose label may begin with an icon: VS Code reads its id out, "vm-running web-server-01, active". */
export function namedAfterIcon(name: string | RegExp): RegExp {
  return typeof name === 'string' ? new RegExp(`^(?:[a-z][a-z0-9-]* {1,2})?${named(name).source.slice(1)}`) : name;
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What a screen reader says for each of these rows. */
export async function spokenLabels(rows: Locator): Promise<string[]> {
  return await rows.evaluateAll((elements: { getAttribute(name: string): string | null }[]) =>
    elements.map((element) => element.getAttribute('aria-label') ?? ''),
  );
}
