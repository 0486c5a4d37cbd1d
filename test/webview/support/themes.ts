import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A theme as VS Code passes it to webviews. */
export interface Theme {
  readonly label: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const themeNames = ['darkModern', 'lightModern', 'hcDark', 'hcLight'] as const;
export type ThemeName = (typeof themeNames)[number];

/** Values of the variables that our style sheets use, read from VS Code 1.139. Variables that a theme does not set are missing. */
export function theme(name: ThemeName): Theme {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, `../themes/${name}.json`), 'utf8'),
  ) as Theme;
}
