import * as l10n from '@vscode/l10n';
import type { CopyableFact } from '../core/copyable.ts';
import type { Server } from '../core/server.ts';
import { clamp, plainText } from '../core/text.ts';
import { joinNames } from './targets.ts';

const maxLength = 80;
const maxNames = 5;

/** Names the servers whose value was not copied, and the values: "web-1 (0.0.0.0)". */
export function notCopiedText(fact: CopyableFact, servers: readonly Server[]): string {
  const refused = joinNames(
    servers.map((server) =>
      l10n.t('{0} ({1})', server.name, plainText(clamp(sentText(server, fact), maxLength))),
    ),
    maxNames,
  );
  switch (fact) {
    case 'ipAddress':
    case 'ipv6Address':
      return l10n.t('Not copied, because this is not a usable IP address: {0}', refused);
    case 'hostname':
      return l10n.t('Not copied, because this is not a valid hostname: {0}', refused);
    case 'id':
    case 'location':
      return l10n.t('Not copied, because of invisible characters: {0}', refused);
  }
}

function sentText(server: Server, fact: CopyableFact): string {
  const { ipAddress, ipv6Address } = server;
  return (fact === 'ipAddress' && !ipAddress ? ipv6Address : server[fact]) ?? '';
}
