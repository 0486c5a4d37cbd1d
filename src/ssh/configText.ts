import { clamp, plainText } from '../core/text.ts';
import { configLines } from './profile.ts';
import type { SshTarget } from './profile.ts';

/** Our file, beside the person's own config. */
export const configName = 'vps-org.config';
/** The one line in the person's own config. Without a folder, `ssh` looks in `~/.ssh`. */
export const includeLine = `Include ${configName}`;
/** The first line of our file. A file without it is not ours and is never overwritten. */
export const marker =
  '# Written by the VS Code extension "VPS.org Servers", which overwrites changes.';

export interface ConfigEntry {
  readonly alias: string;
  readonly name: string;
  readonly target: SshTarget;
}

/** The content of our file. Names appear only in comments, as one line. */
export function toConfigText(entries: readonly ConfigEntry[]): string {
  const blocks = [...entries]
    .sort((a, b) => (a.alias < b.alias ? -1 : 1))
    .map(({ alias, name, target }) => {
      const comment = clamp(plainText(name), 200);
      const lines = [
        ...(`${comment}.vps` === alias ? [] : [`# ${comment}`]),
        `Host ${alias}`,
        ...configLines(target),
      ];
      return `\n${lines.join('\n')}\n`;
    });
  return `${marker}\n${blocks.join('')}`;
}

/** A byte order mark, in text that has one character for each byte. */
const bomPattern = /^(\u00ef\u00bb\u00bf)?([^]*)$/u;

function splitBom(text: string): { readonly bom: string; readonly rest: string } {
  const [, bom = '', rest = ''] = bomPattern.exec(text) ?? [];
  return { bom, rest };
}

/** The plain hosts of a config, in lower case. Patterns are meant to match many hosts and clash with none. */
export function hostsIn(text: string): ReadonlySet<string> {
  const hosts = new Set<string>();
  const lines = splitBom(text).rest.matchAll(/^[ \t]*host(?:[ \t]+|[ \t]*=[ \t]*)([^\r\n]*)/gimu);
  for (const [, words = ''] of lines) {
    for (const host of words.split(/[\s"]+/u)) {
      if (host.startsWith('#')) {
        break;
      }
      if (host !== '' && !/[*?!]/u.test(host)) {
        hosts.add(host.toLowerCase());
      }
    }
  }
  return hosts;
}

const ourLine = new RegExp(`^[ \\t]*Include[ \\t]+${configName.replace('.', '\\.')}[ \\t]*$`, 'iu');

/** Whether our line is there and holds for every host: below a `Host` or `Match` line it would hold only for that block. */
export function isIncluded(text: string): boolean {
  for (const line of splitBom(text).rest.split(/\r?\n/u)) {
    if (ourLine.test(line)) {
      return true;
    }
    if (/^[ \t]*(?:host|match)[ \t=]/iu.test(line)) {
      return false;
    }
  }
  return false;
}

/** Puts our line above everything else, in the file's own line ending. */
export function withInclude(text: string): string {
  const { bom, rest } = splitBom(text);
  const end = /^[^\n]*\r\n/u.test(rest) ? '\r\n' : '\n';
  return `${bom}${includeLine}${end}${rest}`;
}

/** Removes our line wherever it is, and nothing else. */
export function withoutInclude(text: string): string {
  const { bom, rest } = splitBom(text);
  const kept = rest.split(/(?<=\n)/u).filter((line) => !ourLine.test(line.replace(/\r?\n$/u, '')));
  return bom + kept.join('');
}
