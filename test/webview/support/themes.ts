import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A theme as a webview meets it. */
export interface Theme {
  readonly label: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const themeNames = ['darkModern', 'lightModern', 'hcDark', 'hcLight'] as const;
export type ThemeName = (typeof themeNames)[number];

/**
 * The values of the variables that our style sheets use, read from the workbench of VS Code 1.139 in each theme. A variable
 * that a theme does not set is missing there too, as it is in VS Code.
 */
export function theme(name: ThemeName): Theme {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../themes/${name}.json`), 'utf8')) as Theme;
}
