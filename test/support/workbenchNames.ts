import type { Locator } from 'playwright-core';

/**
 * Matches an accessible name that is this text, or this text with an addition of VS Code: a key binding ("Refresh
 * (Ctrl+R)") or further facts ("web-server-01, active, us-west").
 */
export function named(name: string | RegExp): RegExp {
  return typeof name === 'string' ? new RegExp(`^${escapeRegExp(name)}(?:$|,| \\()`) : name;
}

/** As `named`, for labels that may begin with an icon, whose id is part of the name: "vm-running web-server-01, active". */
export function namedAfterIcon(name: string | RegExp): RegExp {
  return typeof name === 'string'
    ? new RegExp(`^(?:[a-z][a-z0-9-]* {1,2})?${named(name).source.slice(1)}`)
    : name;
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The accessible names of these rows. */
export async function accessibleNames(rows: Locator): Promise<string[]> {
  return await rows.evaluateAll((elements: { getAttribute(name: string): string | null }[]) =>
    elements.map((element) => element.getAttribute('aria-label') ?? ''),
  );
}
