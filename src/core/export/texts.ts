import type { ExportedServer } from './exportedServer.ts';
import { toComment } from './printable.ts';

/** What people read in a file, in their language. */
export interface ExportTexts {
  /** At the top: of when the lists are, and what is old or missing in them. */
  readonly notes: readonly string[];
  /** How to go on from here. */
  readonly ansible: readonly string[];
  readonly openSsh: readonly string[];
  /** Marks a server of the sample account. */
  readonly sample: string;
  /** Above the servers that have no address. */
  readonly noAddress: string;
}

export interface ExportedText {
  readonly text: string;
  /** How many servers stand in a comment only, because they have no address to connect to. */
  readonly leftOut: number;
}

/** A server in a comment: what it is really called, and whose it is where that is a question. */
export function describeInComment(server: ExportedServer, texts: ExportTexts, ...more: readonly string[]): string {
  return [server.name, ...more, server.account, server.isSample ? texts.sample : null].filter(Boolean).join(', ');
}

/** Comments that name the servers without an address. */
export function leftOutLines(servers: readonly ExportedServer[], texts: ExportTexts): readonly string[] {
  return servers.length === 0
    ? []
    : [
        toComment(texts.noAddress),
        ...servers.map((server) => toComment(`- ${describeInComment(server, texts, server.id, server.status)}`)),
      ];
}
